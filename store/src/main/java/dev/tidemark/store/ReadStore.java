package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.State;
import dev.tidemark.core.WatermarkKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A store that passes on all reading: to a connection of its own, or to another store. */
public abstract class ReadStore implements Store {
    private final StoreReader reader;

    /**
     * @param reader closed with this store
     */
    protected ReadStore(StoreReader reader) {
        this.reader = reader;
    }

    @Override
    public Optional<Owner> owner() {
        return reader.owner();
    }

    @Override
    public List<Posted> posted(int limit) {
        return reader.posted(limit);
    }

    @Override
    public Optional<Answer> answer(String key) {
        return reader.answer(key);
    }

    @Override
    public void replay(Collection<Long> backfills, Consumer<Recorded> each) {
        reader.replay(backfills, each);
    }

    @Override
    public String issuer() {
        return reader.issuer();
    }

    @Override
    public State.Numbers lastNumbers() {
        return reader.lastNumbers();
    }

    @Override
    public List<PoolView> pools() {
        return reader.pools();
    }

    @Override
    public List<WatermarkView> watermarks() {
        return reader.watermarks();
    }

    @Override
    public List<WatermarkView> watermarks(Collection<String> pipelines) {
        return reader.watermarks(pipelines);
    }

    @Override
    public List<WatermarkMove> watermarkMoves(WatermarkKey watermark, int limit) {
        return reader.watermarkMoves(watermark, limit);
    }

    @Override
    public List<Recorded> countedStarts(Instant after) {
        return reader.countedStarts(after);
    }

    @Override
    public Optional<PipelineDefinition> definition(String pipeline, String version) {
        return reader.definition(pipeline, version);
    }

    @Override
    public Map<PipelineVersion, Set<String>> registered(Collection<PipelineVersion> versions) {
        return reader.registered(versions);
    }

    @Override
    public Optional<String> latestVersion(String pipeline) {
        return reader.latestVersion(pipeline);
    }

    @Override
    public List<Recorded> history(long run) {
        return reader.history(run);
    }

    @Override
    public void histories(Collection<Long> runs, Consumer<Recorded> each) {
        reader.histories(runs, each);
    }

    @Override
    public List<Recorded> historyOfBackfill(long backfill) {
        return reader.historyOfBackfill(backfill);
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return reader.findRuns(pipeline, parameters, intervals);
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> runsStarting(
            String pipeline, Instant from, Instant until) {
        return reader.runsStarting(pipeline, from, until);
    }

    @Override
    public Map<String, Standing> standings(Collection<String> pipelines) {
        return reader.standings(pipelines);
    }

    @Override
    public List<ScheduleView> schedules() {
        return reader.schedules();
    }

    @Override
    public Optional<ScheduleView> schedule(String pipeline) {
        return reader.schedule(pipeline);
    }

    @Override
    public List<PassedView> passed(String pipeline, Instant from, Instant until) {
        return reader.passed(pipeline, from, until);
    }

    @Override
    public List<AlertView> alerts(Optional<String> pipeline, int limit) {
        return reader.alerts(pipeline, limit);
    }

    @Override
    public List<BackfillView> unfinishedBackfills(String pipeline) {
        return reader.unfinishedBackfills(pipeline);
    }

    @Override
    public List<Long> openBackfills(Collection<String> pipelines) {
        return reader.openBackfills(pipelines);
    }

    @Override
    public Optional<BackfillView> backfill(long number) {
        return reader.backfill(number);
    }

    @Override
    public Optional<BackfillSummary> backfillInShort(long number) {
        return reader.backfillInShort(number);
    }

    @Override
    public List<BackfillSummary> backfills(BackfillFilter filter) {
        return reader.backfills(filter);
    }

    @Override
    public List<Change.IntervalSkipped> skippedIntervals(long backfill, int limit) {
        return reader.skippedIntervals(backfill, limit);
    }

    @Override
    public Optional<RunView> run(long number) {
        return reader.run(number);
    }

    @Override
    public List<RunView> runsNamed(String name) {
        return reader.runsNamed(name);
    }

    @Override
    public List<RunView> runs(RunFilter filter) {
        return reader.runs(filter);
    }

    @Override
    public List<TaskView> tasks(long run) {
        return reader.tasks(run);
    }

    @Override
    public List<TaskView> tasks(long run, TaskFilter filter) {
        return reader.tasks(run, filter);
    }

    @Override
    public List<TaskCounts> taskCounts(long run) {
        return reader.taskCounts(run);
    }

    @Override
    public List<AttemptView> attempts(long run, String task) {
        return reader.attempts(run, task);
    }

    @Override
    public List<ManifestView> manifests(long run) {
        return reader.manifests(run);
    }

    @Override
    public void close() {
        reader.close();
    }
}
