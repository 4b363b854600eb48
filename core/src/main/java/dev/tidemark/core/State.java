package dev.tidemark.core;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that decisions look at: the fold of all changes, as far as it still matters. It changes by
 * {@link #fold} only, and belongs to one thread.
 */
public final class State {
    /** How old a start may be that still matters to the rate of its pool. */
    public static final Duration STARTS_REMEMBERED = Room.REMEMBERED;

    private final Versions versions = new Versions();
    private final Map<Long, Run> runs = new HashMap<>();
    private final Map<Covered, Run> covering = new HashMap<>();
    private final Map<Long, Backfill> backfills = new HashMap<>();
    private final Schedules schedules = new Schedules();
    private final Watermarks watermarks = new Watermarks();
    private final Admission admission;
    private boolean bringingIn;
    private long lastRun;
    private long lastBackfill;
    private long lastToken;

    /**
     * A state in which nothing is so yet.
     *
     * @param slots how many attempts may run at once
     * @param last the highest numbers given out before
     */
    public State(int slots, Numbers last) {
        this.admission = new Admission(slots);
        this.lastRun = last.run();
        this.lastBackfill = last.backfill();
        this.lastToken = last.token();
    }

    /** The highest numbers given out so far. They only grow. */
    public record Numbers(long run, long backfill, long token) {
        public static final Numbers NONE = new Numbers(0, 0, 0);
    }

    public Optional<Run> run(long number) {
        return Optional.ofNullable(runs.get(number));
    }

    /** What no two runs cover. */
    private record Covered(String pipeline, Map<String, String> parameters, Interval interval) {
        private static Covered by(RunIdentity run) {
            return new Covered(run.pipeline(), run.parameters(), run.interval());
        }
    }

    /** The run that covers an interval as a plan means it, where it is at hand. */
    Optional<Run> covering(BackfillPlan plan, Interval interval) {
        return Optional.ofNullable(
                covering.get(new Covered(plan.pipeline(), plan.parameters(), interval)));
    }

    public Collection<Run> runs() {
        return runs.values();
    }

    /** The tokens that attempts hold. */
    public Set<Long> currentTokens() {
        Set<Long> tokens = new HashSet<>();
        for (Run run : runs.values()) {
            for (TaskInstance instance : run.instances()) {
                if (instance.state() == TaskState.RUNNING) {
                    tokens.add(instance.token());
                }
            }
        }
        return tokens;
    }

    public Optional<Backfill> backfill(long number) {
        return Optional.ofNullable(backfills.get(number));
    }

    /** The backfills under way. */
    Collection<Backfill> backfills() {
        return backfills.values();
    }

    /** A pipeline's schedule, where it is at hand. */
    public Optional<ScheduleState> schedule(String pipeline) {
        return schedules.find(pipeline);
    }

    public Schedules schedules() {
        return schedules;
    }

    public Watermarks watermarks() {
        return watermarks;
    }

    /** Whether somebody in this engine goes on with a run. */
    boolean isUnderWay(Run run) {
        return run.backfill() == 0
                ? schedules.haveUnderWay(run)
                : backfills.containsKey(run.backfill());
    }

    /** Says that the code of a pipeline is not at hand any more: nothing new is begun of it. */
    public void unload(String pipeline) {
        versions.unload(pipeline);
    }

    /** The version of a pipeline whose code is at hand. */
    Graph latest(String pipeline) {
        return versions.loaded(pipeline).orElseThrow();
    }

    /** The same; empty where there is no code. */
    Optional<Graph> loaded(String pipeline) {
        return versions.loaded(pipeline);
    }

    /** The version that a run's next try takes, as far as it is known. */
    Graph newest(Run run) {
        return versions.loaded(run.identity().pipeline()).orElse(run.graph());
    }

    /** The definition of a pipeline whose code is at hand. */
    public Optional<PipelineDefinition> loadedDefinition(String pipeline) {
        return versions.loaded(pipeline).map(Graph::definition);
    }

    boolean isLoaded(String pipeline, String version) {
        return versions.isLoaded(pipeline, version);
    }

    int freeSlots() {
        return admission.freeSlots();
    }

    /** The queued instances of running runs, in the order in which they came. */
    Collection<TaskKey> queue() {
        return admission.queue();
    }

    /** The limit of a pool; empty where it has none. */
    public Optional<PoolLimit> pool(String pool) {
        return admission.limit(pool);
    }

    /** How much of each pool is used that is set, or that somebody holds or waits for. */
    public List<PoolUse> pools(Instant now) {
        return admission.uses(now);
    }

    /** Who holds what, and who waits for it. */
    Admission admission() {
        return admission;
    }

    long nextRun() {
        return lastRun + 1;
    }

    /** The number that the next backfill gets. */
    public long nextBackfill() {
        return lastBackfill + 1;
    }

    long lastToken() {
        return lastToken;
    }

    /** The store keeps a run that nothing is to be decided about; it can be brought in again. */
    public void forget(long run) {
        Run forgotten = runs.remove(run);
        if (forgotten != null) {
            leave(forgotten);
            covering.remove(Covered.by(forgotten.identity()));
        }
    }

    /** Makes a version known that was registered before, without making it the latest. */
    public void recall(String version, PipelineDefinition definition) {
        versions.recall(version, definition);
    }

    public boolean isKnown(String pipeline, String version) {
        return versions.isKnown(pipeline, version);
    }

    /** Says that the code of a known version is at hand: new runs and tries take it. */
    public void load(String pipeline, String version) {
        versions.load(pipeline, version);
    }

    /** Whether there is code for a version, be it the latest or an earlier one. */
    boolean isAtHand(Graph graph) {
        return versions.isAtHand(graph);
    }

    /**
     * Makes a change of a run so again that was forgotten. Its backfills have counted it when it
     * happened.
     */
    public void bringIn(Change change, Instant at) {
        bringingIn = true;
        try {
            fold(change, at);
        } finally {
            bringingIn = false;
        }
    }

    /** The backfill that counts what becomes of a run. */
    private Optional<Backfill> counting(long number) {
        return bringingIn ? Optional.empty() : backfill(number);
    }

    /** Makes a change so. */
    public void fold(Change change, Instant at) {
        switch (change) {
            case Change.PipelineRegistered it -> register(it.version(), it.definition());
            case Change.TasksVerified it -> versions.verified(it);
            case Change.RunCreated it -> create(it);
            case Change.RunMoved it -> move(it, at);
            case Change.RunReopened it -> reopen(it);
            case Change.TaskExpanded it -> known(it.run()).node(it.task()).expand(it.elements());
            case Change.TaskMoved it -> change(it.task(), task -> task.move(it.to(), at));
            case Change.TaskCleared it -> clear(it.task());
            case Change.AttemptStarted it -> {
                lastToken = Math.max(lastToken, it.token());
                change(it.task(), task -> task.start(it.number(), it.token(), at));
            }
            case Change.AttemptEnded it ->
                    change(it.task(), task -> task.end(it.to(), it.outcome(), it.due()));
            case Change.LateResult _ -> {}
            case Change.BackfillCreated it -> {
                lastBackfill = Math.max(lastBackfill, it.backfill());
                backfills.put(it.backfill(), new Backfill(it.backfill(), it.plan()));
            }
            case Change.IntervalSkipped it ->
                    backfill(it.backfill()).ifPresent(Backfill::passedOver);
            case Change.BackfillMoved it ->
                    backfill(it.backfill()).ifPresent(backfill -> backfill.move(it.to()));
            case Change.BackfillEnded it -> {
                backfill(it.backfill()).ifPresent(backfill -> backfill.move(it.state()));
                backfills.remove(it.backfill());
            }
            case Change.OfSchedule it -> schedules.fold(it, at);
            case Change.OfWatermark it -> watermarks.fold(it);
            case Change.AlertRaised it -> alert(it.alert(), at);
            case Change.PoolSet it -> admission.set(it.limit());
            case Change.PoolRemoved it -> admission.unset(it.pool());
            case Change.StartCounted it -> admission.counted(it.pool(), at);
            case Change.CommandAnswered _ -> {}
        }
    }

    private void alert(Alert alert, Instant at) {
        switch (alert.kind()) {
            case INTERVAL_LATE -> schedules.alerted(alert.pipeline(), at);
            case RUN_OVERDUE -> run(alert.run()).ifPresent(Run::overdue);
        }
    }

    private void register(String version, PipelineDefinition definition) {
        recall(version, definition);
        load(definition.name(), version);
    }

    private void create(Change.RunCreated it) {
        lastRun = Math.max(lastRun, it.run());
        Graph graph = versions.graph(it.identity().pipeline(), it.version());
        Run run = new Run(it.run(), it.identity(), graph, it.backfill());
        runs.put(it.run(), run);
        covering.put(Covered.by(it.identity()), run);
        counting(it.backfill()).ifPresent(backfill -> backfill.started(it.run()));
        schedules.created(it);
    }

    private void move(Change.RunMoved it, Instant at) {
        Run run = known(it.run());
        run.move(it.from(), it.to(), at);
        schedules.moved(run, it.to());
        if (it.to() == RunState.RUNNING) {
            enqueue(run);
        }
        if (it.to().isFinal()) {
            counting(run.backfill()).ifPresent(backfill -> backfill.ended(it.run(), it.to()));
        }
    }

    /** What was queued when the run was left comes back into the queue with it. */
    private void enqueue(Run run) {
        for (TaskNode node : run.nodes()) {
            for (TaskInstance instance : node.instances()) {
                if (instance.state() == TaskState.QUEUED) {
                    enqueue(run, instance);
                }
            }
        }
    }

    private void enqueue(Run run, TaskInstance instance) {
        TaskKey key = instance.key();
        admission.enqueue(key, run.demand(key.task()), instance.queuedSince());
    }

    /** What the run holds or waits for is free again, and nobody's. */
    private void leave(Run run) {
        if (!run.isDone()) {
            run.nodes().forEach(node -> leave(run, node.instances()));
        }
    }

    private void leave(Run run, Collection<TaskInstance> instances) {
        for (TaskInstance instance : instances) {
            TaskKey key = instance.key();
            if (instance.state() == TaskState.RUNNING) {
                admission.release(key);
            } else if (instance.state() == TaskState.QUEUED) {
                admission.dequeue(key, run.demand(key.task()));
            }
        }
    }

    private void reopen(Change.RunReopened it) {
        Run run = known(it.run());
        Graph graph = versions.graph(run.identity().pipeline(), it.version());
        if (run.backfill() != it.backfill()) {
            counting(run.backfill()).ifPresent(backfill -> backfill.handedOver(it.run()));
        }
        leave(run);
        run.reopen(it.tryNumber(), graph, it.backfill());
        for (TaskInstance instance : run.instances()) {
            if (instance.state() == TaskState.RUNNING) {
                hold(run, instance);
            }
        }
        counting(it.backfill()).ifPresent(backfill -> backfill.started(it.run()));
        schedules.reopened(run, it.backfill());
    }

    private void clear(TaskKey key) {
        Run run = known(key.run());
        TaskNode node = run.node(key.task());
        if (key.element() == TaskKey.NONE) {
            leave(run, node.instances());
            node.clear();
        } else {
            TaskInstance instance = node.instance(key.element());
            leave(run, List.of(instance));
            node.change(instance, instance::clear);
        }
    }

    private void change(TaskKey key, java.util.function.Consumer<TaskInstance> change) {
        Run run = known(key.run());
        TaskNode node = run.node(key.task());
        TaskInstance instance = node.instance(key.element());
        leave(run, List.of(instance));
        node.change(instance, () -> change.accept(instance));
        if (instance.state() == TaskState.QUEUED) {
            enqueue(run, instance);
        } else if (instance.state() == TaskState.RUNNING) {
            hold(run, instance);
        }
    }

    private void hold(Run run, TaskInstance instance) {
        TaskKey key = instance.key();
        admission.hold(key, run.identity().pipeline(), run.demand(key.task()));
    }

    private Run known(long run) {
        return Objects.requireNonNull(runs.get(run), () -> "run " + run + " is not loaded");
    }
}
