package dev.tidemark.simulation;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.core.State;
import dev.tidemark.core.WatermarkKey;
import dev.tidemark.store.AlertView;
import dev.tidemark.store.AttemptView;
import dev.tidemark.store.BackfillFilter;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.Owner;
import dev.tidemark.store.PassedView;
import dev.tidemark.store.PipelineVersion;
import dev.tidemark.store.PoolView;
import dev.tidemark.store.Posted;
import dev.tidemark.store.Recorded;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.ScheduleView;
import dev.tidemark.store.Standing;
import dev.tidemark.store.Store;
import dev.tidemark.store.TaskCounts;
import dev.tidemark.store.TaskFilter;
import dev.tidemark.store.TaskView;
import dev.tidemark.store.WatermarkMove;
import dev.tidemark.store.WatermarkView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one store, as one process reaches it: slow, away, full, without a reply; and before and after
 * each call the process may die.
 */
final class FaultyStore implements Store {
    private final World world;
    private final EngineProcess process;
    private final Store store;

    FaultyStore(World world, EngineProcess process) {
        this.world = world;
        this.process = process;
        this.store = world.store;
    }

    @Override
    public Optional<Long> claim(String owner, Duration lease) {
        return call(
                "claim",
                () -> {
                    Optional<Long> epoch = store.claim(owner, lease);
                    world.invariant(OneOwner.class).claimed(process, epoch, lease);
                    return epoch;
                });
    }

    @Override
    public void commit(long epoch, List<Change> changes, Instant at) {
        call(
                "commit",
                () -> {
                    if (world.happens(Fault.DISK_FULL)) {
                        throw new TidemarkException(ErrorCode.DISK_FULL, "no room, on purpose");
                    }
                    try {
                        store.commit(epoch, changes, at);
                    } catch (TidemarkException e) {
                        if (e.code() == ErrorCode.STORE_FAILED) {
                            throw new Violation("NoDisagreement", process + ": " + e.getMessage());
                        }
                        throw e;
                    }
                    world.kept(new Committed(process, epoch, at, List.copyOf(changes)));
                    return true;
                });
    }

    @Override
    public void release(long epoch) {
        call(
                "release",
                () -> {
                    store.release(epoch);
                    world.invariant(OneOwner.class).released(epoch);
                    return true;
                });
    }

    private <T> T call(String name, Supplier<T> real) {
        process.dieOn(Fault.CRASH_BEFORE_CALL, name);
        if (world.storeIsDown()) {
            throw failed(process + " cannot reach the store for " + name);
        }
        waitFor(name);
        T result = real.get();
        process.dieOn(Fault.CRASH_AFTER_CALL, name);
        waitFor(name);
        if (world.happens(Fault.REPLY_LOST)) {
            throw failed(process + " hears nothing of its " + name);
        }
        return result;
    }

    private TidemarkException failed(String message) {
        world.log(message);
        return new TidemarkException(ErrorCode.STORE_FAILED, message + ", on purpose");
    }

    private void waitFor(String name) {
        if (world.happens(Fault.STORE_SLOW)) {
            Duration delay =
                    world.dice.chance(0.2)
                            ? world.settings.lease().plus(world.dice.millis(0, 5_000))
                            : world.dice.millis(1, 2_000);
            world.log(process + " waits " + delay + " for its " + name);
            world.wait(delay);
            process.dieIfKilled();
        }
    }

    @Override
    public void post(String key, Command command, Instant at) {
        throw new UnsupportedOperationException("commands come from elsewhere");
    }

    @Override
    public void onPosted(Runnable hint) {
        process.hintWith(hint);
    }

    @Override
    public String issuer() {
        return call("issuer", store::issuer);
    }

    @Override
    public Optional<Owner> owner() {
        return call("owner", store::owner);
    }

    @Override
    public List<Posted> posted(int limit) {
        return call("posted", () -> store.posted(limit));
    }

    @Override
    public Optional<Answer> answer(String key) {
        return call("answer", () -> store.answer(key));
    }

    @Override
    public State.Numbers lastNumbers() {
        return call("lastNumbers", store::lastNumbers);
    }

    @Override
    public List<WatermarkView> watermarks() {
        return call("watermarks", store::watermarks);
    }

    @Override
    public List<WatermarkView> watermarks(Collection<String> pipelines) {
        return call("watermarks", () -> store.watermarks(pipelines));
    }

    @Override
    public List<WatermarkMove> watermarkMoves(WatermarkKey watermark, int limit) {
        return call("watermarkMoves", () -> store.watermarkMoves(watermark, limit));
    }

    @Override
    public List<PoolView> pools() {
        return call("pools", store::pools);
    }

    @Override
    public List<Recorded> countedStarts(Instant after) {
        return call("countedStarts", () -> store.countedStarts(after));
    }

    @Override
    public Optional<PipelineDefinition> definition(String pipeline, String version) {
        return call("definition", () -> store.definition(pipeline, version));
    }

    @Override
    public Map<PipelineVersion, Set<String>> registered(Collection<PipelineVersion> versions) {
        return call("registered", () -> store.registered(versions));
    }

    @Override
    public void histories(Collection<Long> runs, Consumer<Recorded> reader) {
        call(
                "histories",
                () -> {
                    store.histories(runs, reader);
                    return true;
                });
    }

    @Override
    public List<Recorded> history(long run) {
        return call("history", () -> store.history(run));
    }

    @Override
    public List<Recorded> historyOfBackfill(long backfill) {
        return call("historyOfBackfill", () -> store.historyOfBackfill(backfill));
    }

    @Override
    public void replay(Collection<Long> backfills, Consumer<Recorded> reader) {
        call(
                "replay",
                () -> {
                    store.replay(backfills, reader);
                    return true;
                });
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return call("findRuns", () -> store.findRuns(pipeline, parameters, intervals));
    }

    @Override
    public Optional<String> latestVersion(String pipeline) {
        return call("latestVersion", () -> store.latestVersion(pipeline));
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> runsStarting(
            String pipeline, Instant from, Instant until) {
        return call("runsStarting", () -> store.runsStarting(pipeline, from, until));
    }

    @Override
    public Map<String, Standing> standings(Collection<String> pipelines) {
        return call("standings", () -> store.standings(pipelines));
    }

    @Override
    public List<ScheduleView> schedules() {
        return call("schedules", store::schedules);
    }

    @Override
    public Optional<ScheduleView> schedule(String pipeline) {
        return call("schedule", () -> store.schedule(pipeline));
    }

    @Override
    public List<PassedView> passed(String pipeline, Instant from, Instant until) {
        return call("passed", () -> store.passed(pipeline, from, until));
    }

    @Override
    public List<AlertView> alerts(Optional<String> pipeline, int limit) {
        return call("alerts", () -> store.alerts(pipeline, limit));
    }

    @Override
    public List<BackfillView> unfinishedBackfills(String pipeline) {
        return call("unfinishedBackfills", () -> store.unfinishedBackfills(pipeline));
    }

    @Override
    public List<Long> openBackfills(Collection<String> pipelines) {
        return call("openBackfills", () -> store.openBackfills(pipelines));
    }

    @Override
    public Optional<BackfillView> backfill(long number) {
        return call("backfill", () -> store.backfill(number));
    }

    @Override
    public Optional<BackfillSummary> backfillInShort(long number) {
        return call("backfillInShort", () -> store.backfillInShort(number));
    }

    @Override
    public List<BackfillSummary> backfills(BackfillFilter filter) {
        return call("backfills", () -> store.backfills(filter));
    }

    @Override
    public List<Change.IntervalSkipped> skippedIntervals(long backfill, int limit) {
        return call("skippedIntervals", () -> store.skippedIntervals(backfill, limit));
    }

    @Override
    public Optional<RunView> run(long number) {
        return call("run", () -> store.run(number));
    }

    @Override
    public List<RunView> runsNamed(String name) {
        return call("runsNamed", () -> store.runsNamed(name));
    }

    @Override
    public List<RunView> runs(RunFilter filter) {
        return call("runs", () -> store.runs(filter));
    }

    @Override
    public List<TaskView> tasks(long run) {
        return call("tasks", () -> store.tasks(run));
    }

    @Override
    public List<TaskView> tasks(long run, TaskFilter filter) {
        return call("tasks", () -> store.tasks(run, filter));
    }

    @Override
    public List<TaskCounts> taskCounts(long run) {
        return call("taskCounts", () -> store.taskCounts(run));
    }

    @Override
    public List<AttemptView> attempts(long run, String task) {
        return call("attempts", () -> store.attempts(run, task));
    }

    @Override
    public List<ManifestView> manifests(long run) {
        return call("manifests", () -> store.manifests(run));
    }

    @Override
    public void close() {}
}
