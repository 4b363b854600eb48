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
import org.jspecify.annotations.Nullable;

/** Writes turns over the one connection that writes. Guarded by itself. */
final class SqliteWriter {
    /** How often a lease begins anew while turns are kept: one left out is soon made up for. */
    private static final int RENEWALS_PER_LEASE = 12;

    private final Opening opening;
    private final SqliteErrors errors;

    /**
     * Null after a turn that failed: its connection is given up, not rolled back. SQLite rolls back
     * by itself after some errors, the driver does not notice, and what came next over the same
     * connection would be written outside of any transaction.
     */
    private @Nullable Tables tables;

    private long lastSeq;

    /** How long the lease is; zero while there is none. */
    private Duration lease = Duration.ZERO;

    /** By {@link System#nanoTime}, when the lease began anew. */
    private long renewed;

    /** Whether the connection is a new one, over which nothing was kept yet. */
    private boolean reopened;

    /** Opens the connection, and brings the tables up to date. */
    SqliteWriter(Opening opening, SqliteErrors errors) throws SQLException {
        this.opening = opening;
        this.errors = errors;
        Connection connection = opening.open();
        Tables opened = new Tables(connection, Tables.NAMES_IN_SQLITE);
        try {
            Migrations.ALL.apply(connection, opened.sql);
            lastSeq = opened.history.lastSeq();
            endTransaction(opened);
            tables = opened;
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

    synchronized Optional<Long> claim(String owner, Duration term) {
        return written(
                "claim",
                open -> {
                    Optional<Long> epoch = open.owner.claim(owner, term);
                    lastSeq = open.history.lastSeq();
                    endTransaction(open);
                    lease = term;
                    renewed = System.nanoTime();
                    return epoch;
                });
    }

    synchronized void release(long epoch) {
        written(
                "release",
                open -> {
                    open.owner.release(epoch);
                    open.sql.commit();
                    lease = Duration.ZERO;
                    return true;
                });
    }

    synchronized void post(String key, Command command, Instant at) {
        written(
                "post a command to",
                open -> {
                    open.commands.post(key, command, Instants.text(at));
                    open.sql.commit();
                    return true;
                });
    }

    /** One transaction: all of it, or nothing. */
    synchronized void commit(long epoch, List<Change> changes, Instant at) {
        written(
                "keep a turn in",
                open -> {
                    renew(open, epoch, changes.isEmpty());
                    refuseGap(open);
                    String time = Instants.text(at);
                    for (HistoryRow row : HistoryRow.of(lastSeq, changes, at)) {
                        if (!open.history.append(row, time, epoch)) {
                            throw Ownership.lost(epoch);
                        }
                    }
                    for (Change change : changes) {
                        keep(open, change, time);
                    }
                    open.tasks.writeNew(time);
                    open.sql.commit();
                    lastSeq += changes.size();
                    return true;
                });
    }

    /**
     * Begins the lease anew, where a twelfth of it is over or there is nothing else to keep. A row
     * that changes in every commit is a page that is written in every commit.
     */
    private void renew(Tables open, long epoch, boolean alone) throws SQLException {
        long now = System.nanoTime();
        if (alone || reopened || now - renewed >= lease.toNanos() / RENEWALS_PER_LEASE) {
            open.owner.renew(epoch);
            renewed = now;
        }
    }

    /** Something written in one transaction. */
    @FunctionalInterface
    private interface Writing<T> {
        T write(Tables open) throws SQLException;
    }

    private <T> T written(String what, Writing<T> writing) {
        try {
            return writing.write(open());
        } catch (SQLException e) {
            giveUp(e);
            throw errors.of(what, e);
        } catch (RuntimeException e) {
            giveUp(e);
            throw e;
        }
    }

    private Tables open() throws SQLException {
        if (tables == null) {
            tables = new Tables(opening.open(), Tables.NAMES_IN_SQLITE);
            reopened = true;
        }
        return tables;
    }

    /** Under the same epoch nobody else can have written, unless a commit failed and was kept. */
    private void refuseGap(Tables open) throws SQLException {
        if (reopened && open.history.lastSeq() != lastSeq) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED,
                    "the history ends at "
                            + open.history.lastSeq()
                            + ", and this process kept it up to "
                            + lastSeq
                            + "; it cannot tell what is so. Start again: the state is read anew");
        }
        reopened = false;
    }

    /**
     * Also after reading: a connection that has read and not committed goes on seeing what it saw
     * then, and may not write any more once another process has.
     */
    private static void endTransaction(Tables open) throws SQLException {
        open.sql.commit();
    }

    private void giveUp(Exception because) {
        try {
            close();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static void keep(Tables tables, Change change, String at) throws SQLException {
        try {
            apply(tables, change, at);
        } catch (SQLException e) {
            if (SqliteErrors.isConstraint(e)) {
                throw Disagreement.about(change, e);
            }
            throw e;
        }
    }

    private static void apply(Tables tables, Change change, String at) throws SQLException {
        switch (change) {
            case Change.PipelineRegistered it -> tables.pipelines.register(it, at);
            case Change.TasksVerified it -> tables.pipelines.verify(it);
            case Change.RunCreated it -> {
                tables.runs.create(it, at);
                tables.schedules.created(it);
                tables.tasks.create(it);
            }
            case Change.RunMoved it -> tables.runs.move(it, at);
            case Change.RunReopened it -> {
                tables.runs.reopen(it);
                tables.tasks.reopen(it, at);
            }
            case Change.TaskExpanded it -> tables.tasks.expand(it, at);
            case Change.TaskMoved it -> tables.tasks.move(it);
            case Change.TaskCleared it -> tables.tasks.clear(it, at);
            case Change.AttemptStarted it -> tables.tasks.start(it, at);
            case Change.AttemptEnded it -> {
                tables.tasks.end(it, at);
                tables.manifests.publish(it);
            }
            case Change.LateResult it -> tables.tasks.late(it, at);
            case Change.BackfillCreated it -> tables.backfills.create(it, at);
            case Change.IntervalSkipped it -> tables.backfills.skip(it);
            case Change.BackfillMoved it -> tables.backfills.move(it);
            case Change.BackfillEnded it -> tables.backfills.end(it, at);
            case Change.OfSchedule it -> tables.schedules.apply(it, at);
            case Change.OfWatermark it -> tables.watermarks.apply(it, at);
            case Change.AlertRaised it -> tables.schedules.raise(it, at);
            case Change.PoolSet it -> tables.pools.set(it, at);
            case Change.PoolRemoved it -> tables.pools.remove(it);
            case Change.StartCounted _ -> {} // It stands in the history only.
            case Change.CommandAnswered it -> tables.commands.answer(it, at);
        }
    }

    /** What was not committed is gone. */
    synchronized void close() throws SQLException {
        Tables open = tables;
        tables = null;
        if (open != null) {
            open.close();
        }
    }
}
