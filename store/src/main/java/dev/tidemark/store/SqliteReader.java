package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.State;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads over a connection of its own, so that reading never holds up the writer. Threads take
 * turns: all that is here is guarded by this object.
 */
final class SqliteReader implements StoreReader {
    private static final String ISSUER = "SELECT value FROM meta WHERE name = 'issuer'";

    private final Sql sql;
    private final SqliteErrors errors;
    private final HistoryTable history;
    private final PipelineTable pipelines;
    private final RunTable runs;
    private final TaskTable tasks;
    private final AttemptTable attempts;
    private final ManifestTable manifests;
    private final BackfillTable backfills;

    SqliteReader(Sql sql, SqliteErrors errors) {
        this.sql = sql;
        this.errors = errors;
        history = new HistoryTable(sql);
        pipelines = new PipelineTable(sql);
        runs = new RunTable(sql);
        tasks = new TaskTable(sql);
        attempts = new AttemptTable(sql);
        manifests = new ManifestTable(sql);
        backfills = new BackfillTable(sql, history);
    }

    @FunctionalInterface
    private interface Query<T> {
        T run() throws SQLException;
    }

    private synchronized <T> T read(Query<T> query) {
        try {
            return query.run();
        } catch (SQLException e) {
            sql.prepareAnew(e);
            throw errors.of("read", e);
        }
    }

    @Override
    public String issuer() {
        return read(() -> sql.first(row -> row.getString("value"), ISSUER).orElseThrow());
    }

    @Override
    public State.Numbers lastNumbers() {
        return read(
                () ->
                        new State.Numbers(
                                runs.lastNumber(), backfills.lastNumber(), history.lastToken()));
    }

    @Override
    public Optional<PipelineDefinition> definition(String pipeline, String version) {
        return read(() -> pipelines.definition(pipeline, version));
    }

    @Override
    public List<Recorded> history(long run) {
        return read(() -> history.ofRun(run));
    }

    @Override
    public List<Recorded> historyOfBackfill(long backfill) {
        return read(() -> history.ofBackfill(backfill));
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return read(() -> runs.find(pipeline, parameters, intervals));
    }

    @Override
    public List<BackfillView> unfinishedBackfills(String pipeline) {
        return read(() -> backfills.unfinished(pipeline));
    }

    @Override
    public Optional<BackfillView> backfill(long number) {
        return read(() -> backfills.view(number));
    }

    @Override
    public Optional<RunView> run(long number) {
        return read(() -> runs.byNumber(number));
    }

    @Override
    public List<RunView> runsNamed(String name) {
        return read(() -> runs.named(name));
    }

    @Override
    public List<RunView> runs(RunFilter filter) {
        return read(() -> runs.show(filter));
    }

    @Override
    public List<TaskView> tasks(long run) {
        return read(() -> tasks.ofRun(run));
    }

    @Override
    public List<AttemptView> attempts(long run, String task) {
        return read(() -> attempts.ofTask(run, task));
    }

    @Override
    public List<ManifestView> manifests(long run) {
        return read(() -> manifests.ofRun(run));
    }

    @Override
    public synchronized void close() {
        try {
            sql.close();
        } catch (SQLException e) {
            throw errors.of("close", e);
        }
    }
}
