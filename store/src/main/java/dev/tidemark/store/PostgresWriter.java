package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    private final TaskNames names = new TaskNames();

    private long lastSeq;

    /** Whether the connection is a new one, over which nothing was kept yet. */
    private boolean reopened;

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

    synchronized Optional<Long> claim(String owner, Duration lease) {
        return written(
                "claim",
                open -> {
                    PostgresOwner.idleNoLongerThan(new Sql(open), lease);
                    Optional<Long> epoch = PostgresOwner.claim(new Sql(open), owner, lease);
                    long kept = lastSeq(open);
                    open.commit();
                    lastSeq = kept;
                    reopened = false;
                    return epoch;
                });
    }

    synchronized void release(long epoch) {
        written(
                "release",
                open -> {
                    PostgresOwner.release(new Sql(open), epoch);
                    open.commit();
                    return true;
                });
    }

    synchronized void post(String key, Command command, Instant at) {
        written(
                "post a command to",
                open -> {
                    PostgresCommands.post(new Sql(open), key, command, Instants.text(at));
                    open.commit();
                    return true;
                });
    }

    /** One transaction: all of it, or nothing. */
    synchronized void commit(long epoch, List<Change> changes, Instant at) {
        Turn turn = new Turn(epoch, changes, at, Instants.text(at));
        written(
                "keep a turn in",
                open -> {
                    try {
                        keep(open, turn);
                    } catch (SQLException e) {
                        if (isMisfit(e)) {
                            throw misfit(open, turn, e);
                        }
                        throw e;
                    }
                    return true;
                });
    }

    private record Turn(long epoch, List<Change> changes, Instant time, String at) {}

    private void keep(Connection open, Turn turn) throws SQLException {
        Volley volley = new Volley();
        PostgresOwner.renew(volley, turn.epoch());
        if (reopened) {
            volley.send(open);
            volley = new Volley();
            refuseGap(open);
        }
        if (!turn.changes().isEmpty()) {
            List<HistoryRow> rows = HistoryRow.of(lastSeq, turn.changes(), turn.time());
            PostgresHistory.append(volley, rows, turn.at());
            for (TurnGroup group : TurnGroup.of(turn.changes())) {
                group.write(volley, turn.at(), versions(open));
                // Each by itself: the driver knows a text again, and groups resemble each other.
                volley.send(open);
                volley = new Volley();
            }
        }
        volley.send(open);
        open.commit();
        lastSeq += turn.changes().size();
    }

    private TurnGroup.Versions versions(Connection open) {
        return new TurnGroup.Versions() {
            @Override
            public void fetch(List<PipelineVersion> versions) throws SQLException {
                names.fetch(new Sql(open), PostgresRuns.TASKS_OF_MANY, versions);
            }

            @Override
            public List<String> tasks(String pipeline, String version) throws SQLException {
                return names.of(new Sql(open), PostgresRuns.TASKS, pipeline, version);
            }
        };
    }

    /** Under the same epoch nobody else can have written, unless a commit failed and was kept. */
    private void refuseGap(Connection open) throws SQLException {
        long kept = lastSeq(open);
        if (kept != lastSeq) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED,
                    "the history ends at "
                            + kept
                            + ", and this process kept it up to "
                            + lastSeq
                            + "; it cannot tell what is so. Start again: the state is read anew");
        }
        reopened = false;
    }

    /** Something written in one transaction. */
    @FunctionalInterface
    private interface Writing<T> {
        T write(Connection open) throws SQLException;
    }

    private <T> T written(String what, Writing<T> writing) {
        try {
            return writtenUnlessHeldUp(writing);
        } catch (SQLException e) {
            giveUp(e);
            throw errors.of(what, e);
        } catch (RuntimeException e) {
            giveUp(e);
            throw e;
        }
    }

    /** Where others held a transaction up, nothing of it was kept, and it can be tried again. */
    private <T> T writtenUnlessHeldUp(Writing<T> writing) throws SQLException {
        long pause = FIRST_PAUSE_NANOS;
        for (int tries = 1; ; tries++) {
            Connection open = open();
            try {
                return writing.write(open);
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

    private Connection open() throws SQLException {
        if (connection == null) {
            connection = opening.open();
            reopened = true;
        }
        return connection;
    }

    private static boolean isMisfit(SQLException e) {
        return e instanceof Volley.Misfit || PostgresErrors.isConstraint(e);
    }

    /** Finds what does not fit, by trying one change after the other, and keeping none. */
    private TidemarkException misfit(Connection open, Turn turn, SQLException because) {
        try {
            open.rollback();
            Volley first = new Volley();
            PostgresOwner.renew(first, turn.epoch());
            if (!fits(first, open)) {
                return Ownership.lost(turn.epoch());
            }
            for (Change change : turn.changes()) {
                Volley volley = new Volley();
                TurnGroup.of(List.of(change)).getFirst().write(volley, turn.at(), versions(open));
                if (!fits(volley, open)) {
                    return Disagreement.about(change, because);
                }
            }
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
        return Disagreement.about(turn.changes().getFirst(), because);
    }

    private static boolean fits(Volley volley, Connection open) throws SQLException {
        try {
            volley.send(open);
            return true;
        } catch (SQLException e) {
            if (isMisfit(e)) {
                return false;
            }
            throw e;
        }
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
