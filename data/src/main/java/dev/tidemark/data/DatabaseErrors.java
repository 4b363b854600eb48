package dev.tidemark.data;

import dev.tidemark.Classification;
import dev.tidemark.ErrorCode;
import dev.tidemark.TaskException;
import dev.tidemark.TidemarkException;
import java.sql.SQLException;

/** What an error of a driver means to whoever reads or writes. */
final class DatabaseErrors {
    private DatabaseErrors() {}

    static RuntimeException reading(String source, Dialect dialect, SQLException error) {
        if (dialect.isMissingTable(error)) {
            return new TidemarkException(
                    ErrorCode.INPUT_MISSING,
                    ("%s: a table it reads is not there. Publish it first, or check its"
                                    + " name. %s says: %s")
                            .formatted(source, dialect.product(), firstLine(error)),
                    error);
        }
        return failed(source, "could not be read", dialect, error);
    }

    static RuntimeException writing(String target, Dialect dialect, SQLException error) {
        return failed(target, "could not be written; nothing is published", dialect, error);
    }

    /** The cause stays, and with it the class that decides about retries. */
    private static RuntimeException failed(
            String asset, String what, Dialect dialect, SQLException error) {
        String message =
                "%s %s. %s says: %s".formatted(asset, what, dialect.product(), firstLine(error));
        if (Classification.isDiskFull(error)) {
            return new TidemarkException(ErrorCode.DISK_FULL, message + ". Make room", error);
        }
        if (dialect.isConflict(error)) {
            return TaskException.transientError(message, error);
        }
        return new TidemarkException(ErrorCode.STORE_FAILED, message, error);
    }

    static String firstLine(SQLException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("nothing");
    }
}
