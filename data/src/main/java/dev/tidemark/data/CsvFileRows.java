package dev.tidemark.data;

import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The rows of one file of a source system, doubted one by one. Belongs to one thread. */
final class CsvFileRows implements Iterator<Row>, AutoCloseable {
    private final Path file;
    private final MessageDigest sha256 = Sha256.start();
    private final InputStream bytes;
    private final CsvRows rows;
    private final Optional<Window> window;
    private final Optional<Path> sameAs;

    /**
     * @param window what the rows must lie in; whoever takes them shows them to it
     * @param sameAs the file of the partition before, where it has the same bytes
     */
    CsvFileRows(Path file, Schema schema, Optional<Window> window, Optional<Path> sameAs)
            throws IOException {
        this.file = file;
        this.window = window;
        this.sameAs = sameAs;
        this.bytes = new DigestInputStream(Files.newInputStream(file), sha256);
        this.rows = new CsvRows(schema, text(file, bytes), file.toString());
    }

    /** Rows of the header's columns, whatever their names. */
    CsvFileRows(CsvHeader header, Schema columns, Optional<Window> window, Optional<Path> sameAs)
            throws IOException {
        this.file = header.file();
        this.window = window;
        this.sameAs = sameAs;
        this.bytes = new DigestInputStream(Files.newInputStream(file), sha256);
        this.rows = new CsvRows(CsvLine.of(header, columns), text(file, bytes), file.toString());
    }

    /** What a file holds, unpacked; closes the bytes where that cannot be. */
    static InputStream text(Path file, InputStream bytes) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return bytes;
        }
        try {
            return new GZIPInputStream(bytes, CsvFormat.BUFFER_BYTES);
        } catch (IOException e) {
            bytes.close();
            if (CsvRows.isGarbage(e)) {
                throw new TidemarkException(
                        ErrorCode.INPUT_UNREADABLE,
                        ("%s cannot be read from line 1: %s. The file is truncated or not "
                                        + "compressed by gzip; get it again")
                                .formatted(file, e.getMessage()),
                        e);
            }
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        boolean more = rows.hasNext();
        if (!more) {
            window.ifPresent(watch -> watch.verify(file.toString()));
        }
        return more;
    }

    @Override
    public Row next() {
        Row row = rows.next();
        refuseRepeated();
        return row;
    }

    /** Two files with headers only may be equal: nothing repeats nothing. */
    private void refuseRepeated() {
        if (sameAs.isPresent()) {
            throw new TidemarkException(
                    ErrorCode.SAME_INPUT_AS_BEFORE,
                    ("%s has the same bytes as %s, the file of the partition before. "
                                    + "Nothing is published; get the right file "
                                    + "or, where that is meant, "
                                    + "say mayRepeat()")
                            .formatted(file, sameAs.get()));
        }
    }

    /** What was read; its version is the hash of all bytes of the file. */
    Consumption consumption(String source, Partition partition, long count) {
        try {
            bytes.transferTo(OutputStream.nullOutputStream());
            return new Consumption(
                    source, partition.key(), Sha256.hex(sha256), count, Files.size(file));
        } catch (IOException e) {
            throw Durable.failed("reading " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw Durable.failed("closing " + file, e);
        }
    }
}
