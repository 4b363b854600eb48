package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.State;
import dev.tidemark.core.WatermarkKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads over a connection of its own, so that reading never holds up the writer. Threads take
 * turns: all that is here is guarded by this object.
 */
final class SqliteReader implements StoreReader {
    private static final String ISSUER = "SELECT value FROM meta WHERE name = 'issuer'";

    private final Tables tables;
    private final SqliteErrors errors;

    SqliteReader(Tables tables, SqliteErrors errors) {
        this.tables = tables;
        this.errors = errors;
    }

    @FunctionalInterface
    private interface Query<T> {
        T run() throws SQLException;
    }

    private synchronized <T> T read(Query<T> query) {
        try {
            return query.run();
        } catch (SQLException e) {
            tables.sql.prepareAnew(e);
            throw errors.of("read", e);
        }
    }

    @Override
    public String issuer() {
        return read(() -> tables.sql.first(row -> row.getString("value"), ISSUER).orElseThrow());
    }

    @Override
    public Optional<Owner> owner() {
        return read(tables.owner::owner);
    }

    @Override
    public List<Posted> posted(int limit) {
        return read(() -> tables.commands.posted(limit));
    }

    @Override
    public Optional<Answer> answer(String key) {
        return read(() -> tables.commands.answerOf(key));
    }

    @Override
    public State.Numbers lastNumbers() {
        return read(
                () ->
                        new State.Numbers(
                                tables.runs.lastNumber(),
                                tables.backfills.lastNumber(),
                                tables.history.lastToken()));
    }

    @Override
    public List<PoolView> pools() {
        return read(tables.pools::all);
    }

    @Override
    public List<WatermarkView> watermarks() {
        return read(tables.watermarks::all);
    }

    @Override
    public List<WatermarkView> watermarks(Collection<String> pipelines) {
        return read(() -> tables.watermarks.of(pipelines));
    }

    @Override
    public List<WatermarkMove> watermarkMoves(WatermarkKey watermark, int limit) {
        return read(() -> tables.watermarks.moves(watermark, limit));
    }

    @Override
    public List<Recorded> countedStarts(Instant after) {
        return read(() -> tables.history.countedStarts(after));
    }

    @Override
    public Optional<PipelineDefinition> definition(String pipeline, String version) {
        return read(() -> tables.pipelines.definition(pipeline, version));
    }

    @Override
    public Map<PipelineVersion, Set<String>> registered(Collection<PipelineVersion> versions) {
        return read(() -> tables.pipelines.registered(versions));
    }

    @Override
    public Optional<String> latestVersion(String pipeline) {
        return read(() -> tables.pipelines.latest(pipeline));
    }

    @Override
    public List<Recorded> history(long run) {
        return read(() -> tables.history.ofRun(run));
    }

    @Override
    public void histories(Collection<Long> runs, Consumer<Recorded> reader) {
        read(
                () -> {
                    tables.history.ofRuns(runs, reader);
                    return true;
                });
    }

    @Override
    public List<Recorded> historyOfBackfill(long backfill) {
        return read(() -> tables.history.ofBackfill(backfill));
    }

    @Override
    public void replay(Collection<Long> backfills, Consumer<Recorded> reader) {
        read(
                () -> {
                    tables.history.replay(backfills, reader);
                    return true;
                });
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return read(() -> tables.runs.find(pipeline, parameters, intervals));
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> runsStarting(
            String pipeline, Instant from, Instant until) {
        return read(() -> tables.runs.starting(pipeline, from, until));
    }

    @Override
    public Map<String, Standing> standings(Collection<String> pipelines) {
        return read(() -> ofOneMoment(() -> tables.standings.of(pipelines)));
    }

    @Override
    public List<ScheduleView> schedules() {
        return read(tables.schedules::all);
    }

    @Override
    public Optional<ScheduleView> schedule(String pipeline) {
        return read(() -> tables.schedules.view(pipeline));
    }

    @Override
    public List<PassedView> passed(String pipeline, Instant from, Instant until) {
        return read(() -> tables.schedules.passed(pipeline, from, until));
    }

    @Override
    public List<AlertView> alerts(Optional<String> pipeline, int limit) {
        return read(() -> tables.schedules.alerts(pipeline, limit));
    }

    @Override
    public List<BackfillView> unfinishedBackfills(String pipeline) {
        return read(() -> tables.backfills.unfinished(pipeline));
    }

    @Override
    public List<Long> openBackfills(Collection<String> pipelines) {
        return read(() -> tables.backfills.open(pipelines));
    }

    @Override
    public Optional<BackfillView> backfill(long number) {
        return read(() -> tables.backfills.view(number));
    }

    @Override
    public Optional<BackfillSummary> backfillInShort(long number) {
        return read(() -> tables.backfills.inShort(number));
    }

    @Override
    public List<BackfillSummary> backfills(BackfillFilter filter) {
        return read(() -> tables.backfills.show(filter));
    }

    @Override
    public List<Change.IntervalSkipped> skippedIntervals(long backfill, int limit) {
        return read(() -> tables.history.skipped(backfill, limit));
    }

    @Override
    public Optional<RunView> run(long number) {
        return read(() -> tables.runs.byNumber(number));
    }

    @Override
    public List<RunView> runsNamed(String name) {
        return read(() -> tables.runs.named(name));
    }

    @Override
    public List<RunView> runs(RunFilter filter) {
        return read(() -> tables.runs.show(filter));
    }

    @Override
    public List<TaskView> tasks(long run) {
        return read(() -> tables.tasks.ofRun(run));
    }

    @Override
    public List<TaskView> tasks(long run, TaskFilter filter) {
        return ofRun(run, found -> tables.tasks.show(found, filter));
    }

    @Override
    public List<TaskCounts> taskCounts(long run) {
        return ofRun(run, tables.tasks::counts);
    }

    @FunctionalInterface
    private interface RunQuery<T> {
        List<T> of(RunView run) throws SQLException;
    }

    /** Nothing of an unknown run. */
    private <T> List<T> ofRun(long run, RunQuery<T> query) {
        return read(
                () ->
                        ofOneMoment(
                                () -> {
                                    Optional<RunView> found = tables.runs.byNumber(run);
                                    return found.isPresent() ? query.of(found.get()) : List.of();
                                }));
    }

    /** What takes several questions, all answered from one moment. */
    private <T> T ofOneMoment(Query<T> query) throws SQLException {
        tables.sql.execute("BEGIN");
        try {
            T answer = query.run();
            tables.sql.execute("COMMIT");
            return answer;
        } catch (SQLException | RuntimeException e) {
            giveUp(e);
            throw e;
        }
    }

    /** SQLite may have given the transaction up by itself. */
    private void giveUp(Exception because) {
        try {
            tables.sql.execute("ROLLBACK");
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public List<AttemptView> attempts(long run, String task) {
        return read(() -> tables.attempts.ofTask(run, task));
    }

    @Override
    public List<ManifestView> manifests(long run) {
        return read(() -> tables.manifests.ofRun(run));
    }

    @Override
    public synchronized void close() {
        try {
            tables.close();
        } catch (SQLException e) {
            throw errors.of("close", e);
        }
    }
}
