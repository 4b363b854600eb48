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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads over a connection of its own, so that reading never holds up the writer. Each answer is of
 * one moment. Threads take turns: all that is here is guarded by this object.
 */
final class PostgresReader implements StoreReader {
    private static final String ISSUER = "SELECT value FROM meta WHERE name = 'issuer'";

    private final PostgresWriter.Opening opening;
    private final PostgresErrors errors;

    /** Null after an error: the next one who asks opens a new connection. */
    private @Nullable Tables tables;

    /** Who takes what a replay tells may ask for more meanwhile, in the same transaction. */
    private int depth;

    PostgresReader(PostgresWriter.Opening opening, PostgresErrors errors) {
        this.opening = opening;
        this.errors = errors;
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(Tables tables) throws SQLException;
    }

    /** Refuses tables that this program cannot read. */
    int version(Migrations migrations) throws SQLException {
        Tables open = open();
        int version = migrations.version(open.sql);
        open.sql.commit();
        return version;
    }

    void check(Migrations migrations) throws SQLException {
        Tables open = open();
        migrations.check(open.sql);
        open.sql.commit();
    }

    private synchronized <T> T read(Query<T> query) {
        boolean fresh = tables == null || depth > 0;
        try {
            try {
                return once(query);
            } catch (SQLException e) {
                if (fresh || !PostgresErrors.isConnection(e)) {
                    throw e;
                }
                // The server was away since the last time. Asking twice harms nobody.
                return once(query);
            }
        } catch (SQLException e) {
            throw errors.of("read", e);
        }
    }

    private <T> T once(Query<T> query) throws SQLException {
        depth++;
        try {
            Tables open = open();
            T answer = query.run(open);
            if (depth == 1) {
                open.sql.commit();
            }
            return answer;
        } catch (SQLException | RuntimeException e) {
            giveUp(e);
            throw e;
        } finally {
            depth--;
        }
    }

    private Tables open() throws SQLException {
        if (tables == null) {
            tables = new Tables(opening.open(), Tables.NAMES_IN_POSTGRES);
        }
        return tables;
    }

    private void giveUp(Exception because) {
        Tables open = tables;
        tables = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                because.addSuppressed(e);
            }
        }
    }

    @Override
    public String issuer() {
        return read(open -> open.sql.first(row -> row.getString("value"), ISSUER).orElseThrow());
    }

    @Override
    public Optional<Owner> owner() {
        return read(open -> PostgresOwner.owner(open.sql));
    }

    @Override
    public List<Posted> posted(int limit) {
        return read(open -> open.commands.posted(limit)).stream()
                .map(it -> new Posted(PostgresText.decode(it.key()), it.command(), it.at()))
                .toList();
    }

    @Override
    public Optional<Answer> answer(String key) {
        return read(open -> open.commands.answerOf(PostgresText.encode(key)));
    }

    @Override
    public State.Numbers lastNumbers() {
        return read(
                open ->
                        new State.Numbers(
                                open.runs.lastNumber(),
                                open.backfills.lastNumber(),
                                open.history.lastToken()));
    }

    @Override
    public List<PoolView> pools() {
        return read(open -> open.pools.all());
    }

    @Override
    public List<WatermarkView> watermarks() {
        return read(open -> open.watermarks.all());
    }

    @Override
    public List<WatermarkView> watermarks(Collection<String> pipelines) {
        return read(open -> open.watermarks.of(pipelines));
    }

    @Override
    public List<WatermarkMove> watermarkMoves(WatermarkKey watermark, int limit) {
        return read(open -> open.watermarks.moves(watermark, limit)).stream()
                .map(PostgresViews::decoded)
                .toList();
    }

    @Override
    public List<Recorded> countedStarts(Instant after) {
        return read(open -> open.history.countedStarts(after));
    }

    @Override
    public Optional<PipelineDefinition> definition(String pipeline, String version) {
        return read(open -> open.pipelines.definition(pipeline, version));
    }

    @Override
    public Map<PipelineVersion, Set<String>> registered(Collection<PipelineVersion> versions) {
        String[] pipelines =
                versions.stream().map(PipelineVersion::pipeline).toArray(String[]::new);
        String[] names = versions.stream().map(PipelineVersion::version).toArray(String[]::new);
        return read(
                open ->
                        PipelineTable.registered(
                                open.sql, PostgresRuns.REGISTERED, pipelines, names));
    }

    @Override
    public Optional<String> latestVersion(String pipeline) {
        return read(open -> open.pipelines.latest(pipeline));
    }

    @Override
    public List<Recorded> history(long run) {
        return read(open -> open.history.ofRun(run));
    }

    @Override
    public void histories(Collection<Long> runs, Consumer<Recorded> reader) {
        each(reader, PostgresHistory.OF_RUNS, numbers(runs));
    }

    @Override
    public List<Recorded> historyOfBackfill(long backfill) {
        return read(open -> open.history.ofBackfill(backfill));
    }

    @Override
    public void replay(Collection<Long> backfills, Consumer<Recorded> reader) {
        long[] numbers = numbers(backfills);
        each(reader, PostgresHistory.REPLAY, numbers, numbers, numbers);
    }

    private static long[] numbers(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** Not tried again: what was taken is taken. */
    private synchronized void each(Consumer<Recorded> reader, String query, Object... values) {
        try {
            once(
                    open -> {
                        open.sql.each(row -> HistoryTable.read(row, reader), query, values);
                        return true;
                    });
        } catch (SQLException e) {
            throw errors.of("read", e);
        }
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return read(open -> open.runs.find(pipeline, parameters, intervals)).entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, it -> PostgresViews.decoded(it.getValue())));
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> runsStarting(
            String pipeline, Instant from, Instant until) {
        return read(open -> open.runs.starting(pipeline, from, until)).entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, it -> PostgresViews.decoded(it.getValue())));
    }

    @Override
    public Map<String, Standing> standings(Collection<String> pipelines) {
        Map<String, Standing> standings =
                read(
                        open -> {
                            open.sql.execute(PostgresSession.LOOK_UP_ONE_BY_ONE);
                            return open.standings.of(pipelines);
                        });
        standings.replaceAll((_, it) -> PostgresViews.decoded(it));
        return standings;
    }

    @Override
    public List<ScheduleView> schedules() {
        return read(open -> open.schedules.all()).stream().map(PostgresViews::decoded).toList();
    }

    @Override
    public Optional<ScheduleView> schedule(String pipeline) {
        return read(open -> open.schedules.view(pipeline)).map(PostgresViews::decoded);
    }

    @Override
    public List<PassedView> passed(String pipeline, Instant from, Instant until) {
        return read(open -> open.schedules.passed(pipeline, from, until));
    }

    @Override
    public List<AlertView> alerts(Optional<String> pipeline, int limit) {
        return read(open -> open.schedules.alerts(pipeline, limit)).stream()
                .map(PostgresViews::decoded)
                .toList();
    }

    @Override
    public List<BackfillView> unfinishedBackfills(String pipeline) {
        return read(open -> open.backfills.unfinished(pipeline)).stream()
                .map(PostgresViews::decoded)
                .toList();
    }

    @Override
    public List<Long> openBackfills(Collection<String> pipelines) {
        return read(open -> open.backfills.open(pipelines));
    }

    @Override
    public Optional<BackfillView> backfill(long number) {
        return read(open -> open.backfills.view(number)).map(PostgresViews::decoded);
    }

    @Override
    public Optional<BackfillSummary> backfillInShort(long number) {
        return read(open -> open.backfills.inShort(number)).map(PostgresViews::decoded);
    }

    @Override
    public List<BackfillSummary> backfills(BackfillFilter filter) {
        return read(open -> open.backfills.show(filter)).stream()
                .map(PostgresViews::decoded)
                .toList();
    }

    @Override
    public List<Change.IntervalSkipped> skippedIntervals(long backfill, int limit) {
        return read(open -> open.history.skipped(backfill, limit));
    }

    @Override
    public Optional<RunView> run(long number) {
        return read(open -> open.runs.byNumber(number)).map(PostgresViews::decoded);
    }

    @Override
    public List<RunView> runsNamed(String name) {
        return read(open -> open.runs.named(PostgresText.encode(name))).stream()
                .map(PostgresViews::decoded)
                .toList();
    }

    @Override
    public List<RunView> runs(RunFilter filter) {
        return read(open -> open.runs.show(filter)).stream().map(PostgresViews::decoded).toList();
    }

    @Override
    public List<TaskView> tasks(long run) {
        return read(open -> open.sql.list(TaskTable::view, PostgresTasks.OF_RUN, run)).stream()
                .map(PostgresViews::decoded)
                .toList();
    }

    @Override
    public List<TaskView> tasks(long run, TaskFilter filter) {
        Optional<List<TaskView>> page = read(open -> PostgresTasks.show(open.sql, run, filter));
        if (page.isEmpty() && run(run).isPresent()) {
            throw filter.unknownPlace(run);
        }
        return page.orElse(List.of()).stream().map(PostgresViews::decoded).toList();
    }

    @Override
    public List<TaskCounts> taskCounts(long run) {
        return read(open -> PostgresTasks.counts(open.sql, run));
    }

    @Override
    public List<AttemptView> attempts(long run, String task) {
        return read(open -> open.attempts.ofTask(run, task)).stream()
                .map(PostgresViews::decoded)
                .toList();
    }

    @Override
    public List<ManifestView> manifests(long run) {
        return read(open -> open.manifests.ofRun(run)).stream()
                .map(PostgresViews::decoded)
                .toList();
    }

    @Override
    public synchronized void close() {
        Tables open = tables;
        tables = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw errors.of("close", e);
            }
        }
    }
}
