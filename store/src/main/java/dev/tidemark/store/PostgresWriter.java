package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Writes turns over the one connection that writes. Guarded by itself. */
final class PostgresWriter {
    private static final int TRIES = 4;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Opening opening;
    private final PostgresErrors errors;

    /**
     * Null after a turn that failed: nobody knows what the server has made of it, and a transaction
     * that was not committed ends with its connection.
     */
    private @Nullable Connection connection;

    private long lastSeq;

    /** Opens the connection, and brings the tables up to date. */
    PostgresWriter(Opening opening, Migrations migrations, PostgresErrors errors)
            throws SQLException {
        this.opening = opening;
        this.errors = errors;
        Connection opened = opening.open();
        try {
            migrations.apply(opened, new Sql(opened));
            lastSeq = lastSeq(opened);
            connection = opened;
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Makes a connection that writes. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    private static long lastSeq(Connection connection) throws SQLException {
        return new HistoryTable(new Sql(connection)).lastSeq();
    }

    /** One transaction: all of it, or nothing. */
    synchronized void commit(List<Change> changes, Instant at) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            keepUnlessHeldUp(changes, Instants.text(at));
        } catch (SQLException e) {
            giveUp(e);
            throw isMisfit(e)
                    ? misfit(changes, Instants.text(at), e)
                    : errors.of("keep a turn in", e);
        } catch (RuntimeException e) {
            giveUp(e);
            throw e;
        }
    }

    /** Where others held the turn up, nothing of it was kept, and it can be kept later. */
    private void keepUnlessHeldUp(List<Change> changes, String at) throws SQLException {
        long pause = FIRST_PAUSE_NANOS;
        for (int tries = 1; ; tries++) {
            Connection open = open();
            try {
                keep(open, changes, at);
                return;
            } catch (SQLException e) {
                if (tries == TRIES || !PostgresErrors.isConflict(e)) {
                    throw e;
                }
                open.rollback();
            }
            LockSupport.parkNanos(pause);
            pause *= 2;
        }
    }

    private void keep(Connection open, List<Change> changes, String at) throws SQLException {
        Volley volley = new Volley();
        PostgresHistory.append(volley, lastSeq, at, changes);
        for (TurnGroup group : TurnGroup.of(changes)) {
            group.write(volley, at);
        }
        volley.send(open);
        open.commit();
        lastSeq += changes.size();
    }

    private Connection open() throws SQLException {
        if (connection != null) {
            return connection;
        }
        Connection opened = opening.open();
        connection = opened;
        long kept = lastSeq(opened);
        if (kept != lastSeq) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED,
                    "the history ends at "
                            + kept
                            + ", and this process kept it up to "
                            + lastSeq
                            + "; it cannot tell what is so. Start again: the state is read anew");
        }
        return opened;
    }

    private static boolean isMisfit(SQLException e) {
        return e instanceof Volley.Misfit || PostgresErrors.isConstraint(e);
    }

    /** Finds the change that does not fit, by trying one after the other, and keeping none. */
    private TidemarkException misfit(List<Change> changes, String at, SQLException because) {
        try (Connection trial = opening.open()) {
            for (Change change : changes) {
                Volley volley = new Volley();
                TurnGroup.of(List.of(change)).getFirst().write(volley, at);
                try {
                    volley.send(trial);
                } catch (SQLException e) {
                    if (isMisfit(e)) {
                        return Disagreement.about(change, e);
                    }
                    throw e;
                }
            }
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
        return Disagreement.about(changes.getFirst(), because);
    }

    private void giveUp(Exception because) {
        try {
            close();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /** What was not committed is gone. */
    synchronized void close() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
