package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.core.State;
import dev.tidemark.core.WatermarkKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A store in memory, for tests and simulations. It refuses what the others refuse, and outlives its
 * engines: a test keeps it, stops one engine and starts the next. All its methods hold one lock.
 */
public final class MemoryStore implements Store {
    private final String issuer;
    private final Undo undo = new Undo();
    private final MemoryHistory history = new MemoryHistory(undo);
    private final MemoryRuns runs = new MemoryRuns(undo);
    private final MemoryTasks tasks = new MemoryTasks(undo);
    private final MemoryBackfills backfills = new MemoryBackfills(undo);
    private final MemorySchedules schedules = new MemorySchedules(undo);
    private long lastSeq;
    private long lastToken;

    private final InstantSource clock;
    private final MemoryCommands commands = new MemoryCommands(undo);
    private final MemoryPools pools = new MemoryPools(undo);
    private final MemoryWatermarks watermarks = new MemoryWatermarks(undo);
    private MemoryLease lease = MemoryLease.NOBODY;

    /**
     * An empty store whose clock stands still, so that no lease ever ends.
     *
     * @param issuer stands for the random id that other stores make up
     */
    public MemoryStore(String issuer) {
        this(issuer, InstantSource.fixed(Instant.EPOCH));
    }

    /** An empty store with a clock. */
    public MemoryStore(String issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Long> claim(String owner, Duration length) {
        Optional<MemoryLease> claimed = lease.claim(owner, length, clock.instant());
        claimed.ifPresent(it -> lease = it);
        return claimed.map(MemoryLease::epoch);
    }

    @Override
    public synchronized void release(long epoch) {
        if (lease.epoch() == epoch) {
            lease = lease.released(clock.instant());
        }
    }

    @Override
    public synchronized Optional<Owner> owner() {
        return lease.owner(clock.instant());
    }

    @Override
    public synchronized void post(String key, Command command, Instant at) {
        commands.post(key, command, at);
        undo.forget();
    }

    /** There is no hint: polling finds what was posted. */
    @Override
    public void onPosted(Runnable hint) {}

    @Override
    public synchronized List<Posted> posted(int limit) {
        return commands.posted(limit);
    }

    @Override
    public synchronized Optional<Answer> answer(String key) {
        return commands.answer(key);
    }

    @Override
    public synchronized void commit(long epoch, List<Change> changes, Instant at) {
        if (epoch == 0 || lease.epoch() != epoch) {
            throw Ownership.lost(epoch);
        }
        undo.add(restoreNumbers(lastSeq, lastToken));
        try {
            for (Change change : HistoryRow.inOrder(changes)) {
                lastSeq++;
                history.append(new Recorded(lastSeq, at, change));
            }
            changes.forEach(change -> apply(change, at));
        } catch (RuntimeException e) {
            undo.rollback();
            throw e;
        }
        undo.forget();
        lease = lease.renewed(clock.instant());
    }

    private Runnable restoreNumbers(long seq, long token) {
        return () -> {
            lastSeq = seq;
            lastToken = token;
        };
    }

    private void apply(Change change, Instant at) {
        switch (change) {
            case Change.PipelineRegistered it -> runs.register(it);
            case Change.TasksVerified it -> runs.verify(it);
            case Change.RunCreated it -> {
                runs.create(it, at);
                schedules.created(it);
                tasks.create(it.run(), definitionOf(it.run()));
            }
            case Change.RunMoved it -> runs.move(it, at);
            case Change.RunReopened it -> {
                runs.reopen(it);
                tasks.reopen(it.run(), definitionOf(it.run()), at);
            }
            case Change.TaskExpanded it -> tasks.expand(it);
            case Change.TaskMoved it -> tasks.move(it);
            case Change.TaskCleared it -> tasks.clear(it, at);
            case Change.AttemptStarted it -> {
                tasks.start(it, at);
                lastToken = Math.max(lastToken, it.token());
            }
            case Change.AttemptEnded it -> tasks.end(it, at);
            case Change.LateResult it -> tasks.attempts().late(it);
            case Change.BackfillCreated it -> backfills.create(it, at);
            case Change.IntervalSkipped it -> backfills.skip(it);
            case Change.BackfillMoved it -> backfills.move(it);
            case Change.BackfillEnded it -> backfills.end(it, at);
            case Change.OfSchedule it -> schedules.apply(it, at);
            case Change.OfWatermark it -> watermarks.apply(it, at);
            case Change.AlertRaised it -> schedules.raise(it, at);
            case Change.PoolSet it -> pools.set(it, at);
            case Change.PoolRemoved it -> pools.remove(it);
            case Change.StartCounted _ -> {} // It stands in the history only.
            case Change.CommandAnswered it -> commands.answer(it);
        }
    }

    /** The definition of the version that a run uses; there is one where there is a run. */
    private PipelineDefinition definitionOf(long run) {
        return runs.run(run)
                .flatMap(view -> runs.definition(view.pipeline(), view.version()))
                .orElseThrow();
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public synchronized State.Numbers lastNumbers() {
        return new State.Numbers(runs.lastNumber(), backfills.lastNumber(), lastToken);
    }

    @Override
    public synchronized Optional<PipelineDefinition> definition(String pipeline, String version) {
        return runs.definition(pipeline, version);
    }

    @Override
    public synchronized Map<PipelineVersion, Set<String>> registered(
            Collection<PipelineVersion> versions) {
        return runs.registered(versions);
    }

    @Override
    public synchronized Optional<String> latestVersion(String pipeline) {
        return runs.latestVersion(pipeline);
    }

    @Override
    public synchronized List<Recorded> history(long run) {
        return history.ofRun(run);
    }

    @Override
    public synchronized void histories(Collection<Long> wanted, Consumer<Recorded> reader) {
        history.replay(List.of(), wanted).forEach(reader);
    }

    @Override
    public synchronized List<Recorded> historyOfBackfill(long backfill) {
        return history.ofBackfill(backfill);
    }

    @Override
    public synchronized List<PoolView> pools() {
        return pools.all();
    }

    @Override
    public synchronized List<WatermarkView> watermarks() {
        return watermarks.all();
    }

    @Override
    public synchronized List<WatermarkView> watermarks(Collection<String> pipelines) {
        return watermarks.of(pipelines);
    }

    @Override
    public synchronized List<WatermarkMove> watermarkMoves(WatermarkKey watermark, int limit) {
        return watermarks.moves(watermark, limit);
    }

    @Override
    public synchronized List<Recorded> countedStarts(Instant after) {
        return history.countedStarts(after);
    }

    @Override
    public synchronized void replay(Collection<Long> wanted, Consumer<Recorded> reader) {
        List<Long> underWay =
                runs.all().stream()
                        .filter(run -> wanted.contains(run.status().backfill()))
                        .filter(run -> !run.state().isFinal())
                        .map(RunView::number)
                        .toList();
        history.replay(wanted, underWay).forEach(reader);
    }

    @Override
    public synchronized Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return runs.find(pipeline, parameters, intervals);
    }

    @Override
    public synchronized Map<Interval, BackfillPlan.Existing> runsStarting(
            String pipeline, Instant from, Instant until) {
        return runs.starting(pipeline, from, until);
    }

    @Override
    public synchronized Map<String, Standing> standings(Collection<String> pipelines) {
        Map<String, Standing> standings = new HashMap<>();
        for (String pipeline : pipelines) {
            standings.put(pipeline, runs.standing(pipeline, schedules.kept(pipeline)));
        }
        return standings;
    }

    @Override
    public synchronized List<ScheduleView> schedules() {
        return schedules.known().stream()
                .flatMap(pipeline -> schedules.view(pipeline).stream())
                .toList();
    }

    @Override
    public synchronized Optional<ScheduleView> schedule(String pipeline) {
        return schedules.view(pipeline);
    }

    @Override
    public synchronized List<PassedView> passed(String pipeline, Instant from, Instant until) {
        return schedules.passed(pipeline, from, until);
    }

    @Override
    public synchronized List<AlertView> alerts(Optional<String> pipeline, int limit) {
        return schedules.alerts(pipeline, limit);
    }

    @Override
    public synchronized List<BackfillView> unfinishedBackfills(String pipeline) {
        return backfills.unfinished(pipeline, runs.all());
    }

    @Override
    public synchronized List<Long> openBackfills(Collection<String> pipelines) {
        return backfills.open(pipelines);
    }

    @Override
    public synchronized Optional<BackfillView> backfill(long number) {
        return backfills.view(number, runs.all());
    }

    @Override
    public synchronized Optional<BackfillSummary> backfillInShort(long number) {
        return backfill(number).map(BackfillSummary::of);
    }

    @Override
    public synchronized List<BackfillSummary> backfills(BackfillFilter filter) {
        return backfills.show(filter, runs.all());
    }

    @Override
    public synchronized List<Change.IntervalSkipped> skippedIntervals(long backfill, int limit) {
        return history.ofBackfill(backfill).stream()
                .map(Recorded::change)
                .filter(Change.IntervalSkipped.class::isInstance)
                .map(Change.IntervalSkipped.class::cast)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<RunView> run(long number) {
        return runs.run(number);
    }

    @Override
    public synchronized List<RunView> runsNamed(String name) {
        return runs.all().stream()
                .filter(run -> run.name().equals(name))
                .sorted(Comparator.comparing(RunView::pipeline))
                .toList();
    }

    @Override
    public synchronized List<RunView> runs(RunFilter filter) {
        return runs.show(filter);
    }

    @Override
    public synchronized List<TaskView> tasks(long run) {
        return runs.run(run)
                .map(_ -> inOrder(tasks.ofRun(run), definitionOf(run)))
                .orElse(List.of());
    }

    @Override
    public synchronized List<TaskView> tasks(long run, TaskFilter filter) {
        return runs.run(run).map(_ -> tasks.show(run, graphOf(run), filter)).orElse(List.of());
    }

    @Override
    public synchronized List<TaskCounts> taskCounts(long run) {
        return runs.run(run).map(_ -> tasks.counts(run, graphOf(run))).orElse(List.of());
    }

    private List<String> graphOf(long run) {
        return definitionOf(run).tasks().stream().map(TaskDefinition::name).toList();
    }

    /** Sorts tasks as their graph does; elements stay in order. */
    static List<TaskView> inOrder(List<TaskView> tasks, PipelineDefinition definition) {
        Map<String, Integer> places = new HashMap<>();
        for (TaskDefinition task : definition.tasks()) {
            places.put(task.name(), places.size());
        }
        return tasks.stream()
                .sorted(
                        Comparator.comparingInt(
                                task -> places.getOrDefault(task.task().task(), Integer.MAX_VALUE)))
                .toList();
    }

    @Override
    public synchronized List<AttemptView> attempts(long run, String task) {
        return tasks.attempts().ofTask(run, task);
    }

    @Override
    public synchronized List<ManifestView> manifests(long run) {
        return tasks.manifests(run);
    }

    @Override
    public void close() {}
}
