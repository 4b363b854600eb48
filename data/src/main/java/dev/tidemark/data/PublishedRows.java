package dev.tidemark.data;

import dev.tidemark.ErrorCode;
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
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of files that a manifest lists, one file after another. Each file must be, byte for
 * byte, what was published: one that somebody changed by hand ends the reading.
 */
final class PublishedRows implements Iterator<Row>, AutoCloseable {
    private final Path folder;
    private final Iterator<Manifest.Part> parts;
    private final Schema schema;
    private final Format format;
    private @Nullable OpenPart open;

    PublishedRows(Path folder, List<Manifest.Part> parts, Schema schema, Format format) {
        this.folder = folder;
        this.parts = parts.iterator();
        this.schema = schema;
        this.format = format;
    }

    @Override
    public boolean hasNext() {
        try {
            while (true) {
                if (open != null) {
                    if (open.hasNext()) {
                        return true;
                    }
                    open.verifyRead();
                    close();
                }
                if (!parts.hasNext()) {
                    return false;
                }
                open = new OpenPart(parts.next());
            }
        } catch (IOException e) {
            throw Durable.failed("reading " + folder, e);
        }
    }

    @Override
    public Row next() {
        if (!hasNext() || open == null) {
            throw new NoSuchElementException();
        }
        return open.next();
    }

    @Override
    public void close() {
        try {
            if (open != null) {
                open.reader.close();
                open = null;
            }
        } catch (IOException e) {
            throw Durable.failed("closing a file in " + folder, e);
        }
    }

    /** One file while it is read. */
    private final class OpenPart {
        private final Manifest.Part part;
        private final Path file;
        private final MessageDigest sha256 = Sha256.start();
        private final InputStream bytes;
        private final Format.RowReader reader;
        private long rows;

        private OpenPart(Manifest.Part part) throws IOException {
            this.part = part;
            this.file = folder.resolve(part.name());
            if (!Files.isRegularFile(file)) {
                throw changed("it is gone");
            }
            if (Files.size(file) != part.bytes()) {
                throw changed("it has %d bytes, not %d".formatted(Files.size(file), part.bytes()));
            }
            this.bytes = new DigestInputStream(Files.newInputStream(file), sha256);
            this.reader = started();
        }

        private Format.RowReader started() throws IOException {
            try {
                return format.reader(schema, bytes, file.toString());
            } catch (IOException e) {
                bytes.close();
                if (CsvRows.isGarbage(e)) {
                    throw changed(String.valueOf(e.getMessage()));
                }
                throw e;
            }
        }

        private boolean hasNext() throws IOException {
            try {
                return reader.hasNext();
            } catch (TidemarkException e) {
                verifyBytes();
                throw e;
            }
        }

        private Row next() {
            rows++;
            return reader.next();
        }

        private void verifyRead() throws IOException {
            verifyBytes();
            if (rows != part.rows()) {
                throw changed("it has %d rows, not %d".formatted(rows, part.rows()));
            }
        }

        private void verifyBytes() throws IOException {
            bytes.transferTo(OutputStream.nullOutputStream());
            String actual = Sha256.hex(sha256);
            if (!actual.equals(part.sha256())) {
                throw changed("its SHA-256 is %s, not %s".formatted(actual, part.sha256()));
            }
        }

        private TidemarkException changed(String how) {
            return new TidemarkException(
                    ErrorCode.EVIDENCE_MISMATCH,
                    ("%s is not what its manifest lists: %s. Somebody changed it; publish "
                                    + "the partition again")
                            .formatted(file, how));
        }
    }
}
