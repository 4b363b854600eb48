package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.function.IntFunction;

/**
 * One file that an attempt writes, under a name that no other attempt has. Nobody reads it before a
 * manifest lists it, and nobody writes it afterwards.
 */
final class PartFile implements Closeable {
    /** How often one attempt may publish one partition, or reject rows of different columns. */
    private static final int MAX_PARTS = 1000;

    private final Path path;
    private final MessageDigest sha256 = Sha256.start();
    private final Format.RowWriter writer;
    private long rows;
    private boolean closed;

    private PartFile(Path path, Schema schema, Format format) throws IOException {
        this.path = path;
        this.writer =
                format.writer(
                        schema,
                        new DigestOutputStream(
                                Files.newOutputStream(path, StandardOpenOption.CREATE_NEW),
                                sha256));
    }

    /**
     * Creates the first of the attempt's files that it has not written before.
     *
     * @param name the name of the file by its number, from 0
     */
    static PartFile create(Path folder, IntFunction<String> name, Schema schema, Format format)
            throws IOException {
        for (int number = 0; number < MAX_PARTS; number++) {
            Path path = folder.resolve(name.apply(number));
            if (!Files.exists(path)) {
                return new PartFile(path, schema, format);
            }
        }
        throw new IOException(
                "one attempt wrote %d files into %s already".formatted(MAX_PARTS, folder));
    }

    void write(Row row) {
        writer.write(row);
        rows++;
    }

    /** Completes the file and makes it durable. */
    Manifest.Part finish() throws IOException {
        close();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return new Manifest.Part(
                String.valueOf(path.getFileName()), rows, Files.size(path), Sha256.hex(sha256));
    }

    /** Lets go of the file; harmless after {@link #finish}, as the writer's own would not be. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            writer.close();
        }
    }
}
