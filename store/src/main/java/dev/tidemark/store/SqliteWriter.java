package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Writes turns over the one connection that writes. Guarded by itself. */
final class SqliteWriter implements AutoCloseable {
    private final Sql sql;
    private final SqliteErrors errors;
    private final HistoryTable history;
    private final PipelineTable pipelines;
    private final RunTable runs;
    private final TaskTable tasks;
    private final AttemptTable attempts;
    private final ManifestTable manifests;
    private final BackfillTable backfills;
    private long lastSeq;

    SqliteWriter(Sql sql, SqliteErrors errors) throws SQLException {
        this.sql = sql;
        this.errors = errors;
        history = new HistoryTable(sql);
        pipelines = new PipelineTable(sql);
        runs = new RunTable(sql);
        tasks = new TaskTable(sql);
        attempts = new AttemptTable(sql);
        manifests = new ManifestTable(sql);
        backfills = new BackfillTable(sql, history);
        lastSeq = history.lastSeq();
    }

    /** One transaction: all of it, or nothing. */
    synchronized void commit(List<Change> changes, Instant at) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            String time = Instants.text(at);
            long seq = lastSeq;
            for (Change change : changes) {
                seq++;
                keep(seq, time, change);
            }
            sql.commit();
            lastSeq = seq;
        } catch (SQLException e) {
            sql.rollback(e);
            throw errors.of("keep a turn in", e);
        } catch (RuntimeException e) {
            sql.rollback(e);
            throw e;
        }
    }

    private void keep(long seq, String at, Change change) throws SQLException {
        try {
            history.append(seq, at, change);
            apply(change, at);
        } catch (SQLException e) {
            if (SqliteErrors.isConstraint(e)) {
                throw Disagreement.about(change, e);
            }
            throw e;
        }
    }

    private void apply(Change change, String at) throws SQLException {
        switch (change) {
            case Change.PipelineRegistered it -> pipelines.register(it, at);
            case Change.RunCreated it -> {
                runs.create(it, at);
                tasks.create(it);
            }
            case Change.RunMoved it -> runs.move(it, at);
            case Change.RunReopened it -> {
                runs.reopen(it);
                attempts.stopGone(it, at);
                tasks.reopen(it);
            }
            case Change.TaskExpanded it -> tasks.expand(it);
            case Change.TaskMoved it -> tasks.move(it);
            case Change.TaskCleared it -> {
                attempts.stop(it, at);
                tasks.clear(it, at);
            }
            case Change.AttemptStarted it -> tasks.start(it, at);
            case Change.AttemptEnded it -> {
                attempts.end(it, at);
                tasks.end(it, at);
                manifests.publish(it);
            }
            case Change.LateResult it -> attempts.late(it);
            case Change.BackfillCreated it -> backfills.create(it, at);
            case Change.IntervalSkipped it -> backfills.skip(it);
            case Change.BackfillEnded it -> backfills.end(it, at);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        sql.close();
    }
}
