package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** How one attempt reaches a database. */
interface Reach {
    Dialect dialect();

    /** Where a table is, for manifests: without a secret, or telling where the home is. */
    String location(TableName table);

    /** Opens for writing, and makes what has to be there before. */
    Session open() throws SQLException;

    /**
     * Opens for reading.
     *
     * @param reader for messages
     * @throws TidemarkException {@link ErrorCode#INPUT_MISSING} where nothing is there yet
     */
    Session openExisting(String reader) throws SQLException;

    /**
     * A file.
     *
     * @param file as the pipeline names it
     */
    record ToFile(FileDialect dialect, String file, Path path) implements Reach {
        @Override
        public String location(TableName table) {
            return file + "#" + table;
        }

        @Override
        public Session open() throws SQLException {
            try {
                Files.createDirectories(path.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // Who opens a new file first sets its journal, and keeps others out meanwhile.
            return Conflicts.retried(dialect, () -> new Session(dialect, dialect.connect(path)));
        }

        @Override
        public Session openExisting(String reader) throws SQLException {
            if (!Files.exists(path)) {
                throw new TidemarkException(
                        ErrorCode.INPUT_MISSING,
                        "%s: there is no database %s yet; nothing was read. Publish into it first"
                                .formatted(reader, file));
            }
            return open();
        }
    }
}
