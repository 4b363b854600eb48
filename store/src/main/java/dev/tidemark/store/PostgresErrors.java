package dev.tidemark.store;

import dev.tidemark.Classification;
import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.sql.SQLException;
import java.util.Set;

/** Says what an error of PostgreSQL means for the store at an address, and what to do. */
record PostgresErrors(PostgresAddress address) {
    private static final String DISK_FULL = "53100";

    /** Two transactions got in each other's way. Nothing is wrong with either. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03");

    private static final String CONSTRAINTS = "23";
    private static final String CONNECTIONS = "08";
    private static final String SHUTDOWNS = "57P";

    /** Whether the same transaction can do, once the other one is through. */
    static boolean isConflict(SQLException e) {
        return CONFLICTS.contains(state(e));
    }

    static boolean isConstraint(SQLException e) {
        return state(e).startsWith(CONSTRAINTS);
    }

    /** Whether the connection is at fault, so that another one may do. */
    static boolean isConnection(SQLException e) {
        return state(e).startsWith(CONNECTIONS) || state(e).startsWith(SHUTDOWNS);
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /**
     * The error.
     *
     * @param what what could not be done
     */
    TidemarkException of(String what, SQLException e) {
        return state(e).equals(DISK_FULL) || Classification.isDiskFull(e)
                ? new TidemarkException(
                        ErrorCode.DISK_FULL,
                        "the disk of the server is full: could not "
                                + what
                                + " the store "
                                + address
                                + ", and nothing of it was kept. Free some space there, then start"
                                + " again: the work goes on where it stood",
                        e)
                : new TidemarkException(
                        ErrorCode.STORE_FAILED,
                        "could not " + what + " the store " + address + ": " + reason(e),
                        e);
    }

    private String reason(SQLException e) {
        String state = state(e);
        return switch (state) {
            case "28000", "28P01" ->
                    "the server does not let in "
                            + address.user()
                            + ". Put the password into PGPASSWORD or the file ~/.pgpass"
                            + because(e);
            case "3D000" -> "the server has no such database. Make one with createdb" + because(e);
            case "42501" ->
                    address.user()
                            + " may not do it. Let it make the schema "
                            + address.schema()
                            + " in this database, or give it one that it owns"
                            + because(e);
            case "53300" ->
                    "the server has no connection left. Raise its max_connections, or close others"
                            + because(e);
            case "57014" -> "the server took too long. Look what it is busy with" + because(e);
            case "40001", "40P01", "55P03" ->
                    "others held it up, again and again. Look who holds locks there" + because(e);
            case "25006" -> "the server only reads. Use the one that writes" + because(e);
            default ->
                    isConnection(e)
                            ? "the server does not answer. Check that it runs and can be reached"
                                    + because(e)
                            : String.valueOf(e.getMessage());
        };
    }

    private static String because(SQLException e) {
        return " (" + e.getMessage() + ")";
    }
}
