package dev.tidemark.data;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL means by its errors. */
final class PostgresErrors {
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String CATALOG = "pg_catalog";

    private PostgresErrors() {}

    /** Whether the other one was merely faster. */
    static boolean isConflict(SQLException error) {
        return switch (String.valueOf(error.getSQLState())) {
            // A deadlock, a serialization failure, a lock that did not come in time.
            case "40001", "40P01", "55P03" -> true;
            // A table, a schema or an index that another attempt made at the same time.
            case "42P06", "42P07", "42710" -> true;
            case "23505" -> isOfTidemark(error);
            // Two who change one table's definition.
            case "XX000" -> String.valueOf(error.getMessage()).contains("tuple concurrently");
            default -> false;
        };
    }

    /** What two attempts insert at once is a conflict; a key of the user's that repeats is not. */
    private static boolean isOfTidemark(SQLException error) {
        @Nullable ServerErrorMessage server =
                error instanceof PSQLException known ? known.getServerErrorMessage() : null;
        return server != null
                && (CATALOG.equals(server.getSchema())
                        || String.valueOf(server.getTable())
                                .startsWith(TableTarget.RESERVED_PREFIX));
    }

    static boolean isMissingTable(SQLException error) {
        return UNDEFINED_TABLE.equals(error.getSQLState());
    }
}
