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

    private final Map<String, Map<String, Graph>> graphs = new HashMap<>();
    private final Map<String, Graph> loaded = new HashMap<>();
    private final Set<Graph> atHand = new HashSet<>();
    private final Map<Long, Run> runs = new HashMap<>();
    private final Map<Covered, Run> covering = new HashMap<>();
    private final Map<Long, Backfill> backfills = new HashMap<>();
    private final Map<String, ScheduleState> schedules = new HashMap<>();
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
        return Optional.ofNullable(schedules.get(pipeline));
    }

    /**
     * Brings in what a store keeps of a schedule.
     *
     * @param ahead the runs of intervals that it has not decided yet
     * @param previous the run of the latest interval that it has decided
     */
    public void bringIn(
            String pipeline,
            ScheduleState.Kept kept,
            Map<Interval, BackfillPlan.Existing> ahead,
            Optional<BackfillPlan.Existing> previous) {
        ScheduleState schedule = new ScheduleState(pipeline, kept);
        schedule.know(ahead, previous);
        schedules.put(pipeline, schedule);
    }

    /** Says that this engine starts the runs of a pipeline's schedule. */
    public void enforce(String pipeline) {
        scheduleOf(pipeline).enforce();
    }

    private ScheduleState scheduleOf(String pipeline) {
        return schedules.computeIfAbsent(
                pipeline, name -> new ScheduleState(name, ScheduleState.Kept.NOTHING));
    }

    /** Whether somebody in this engine goes on with a run. */
    boolean isUnderWay(Run run) {
        return run.backfill() == 0
                ? schedule(run.identity().pipeline())
                        .filter(ScheduleState::isInForce)
                        .filter(it -> it.active().contains(run.number()))
                        .isPresent()
                : backfills.containsKey(run.backfill());
    }

    /** Says that the code of a pipeline is not at hand any more: nothing new is begun of it. */
    public void unload(String pipeline) {
        loaded.remove(pipeline);
    }

    boolean isAnyLoaded(String pipeline) {
        return loaded.containsKey(pipeline);
    }

    /** The version of a pipeline whose code is at hand. */
    Graph latest(String pipeline) {
        return Objects.requireNonNull(loaded.get(pipeline), pipeline);
    }

    /** The definition of a pipeline whose code is at hand. */
    public Optional<PipelineDefinition> loadedDefinition(String pipeline) {
        return Optional.ofNullable(loaded.get(pipeline)).map(Graph::definition);
    }

    boolean isLoaded(String pipeline, String version) {
        Graph graph = loaded.get(pipeline);
        return graph != null && graph.version().equals(version);
    }

    int freeSlots() {
        return admission.freeSlots();
    }

    /** The queued instances of running runs, in the order in which they came. */
    Collection<TaskKey> queue() {
        return admission.queue();
    }

    /** The queued instance that starts next; empty where none can. */
    Optional<TaskKey> next(Instant now) {
        return admission.next(now);
    }

    /** How many instances with this demand may start at once, without passing anybody. */
    int startable(Demand demand, Instant now) {
        return admission.startable(demand, now);
    }

    /** Whether there is a rate at which those with this demand start. */
    boolean isRated(Demand demand) {
        return admission.isRated(demand);
    }

    /** When the rate of a pool allows the next start; empty where it does so now. */
    Optional<Instant> restsUntil(PoolKey pool, Instant now) {
        return admission.restsUntil(pool, now);
    }

    /** The limit of a pool; empty where it has none. */
    public Optional<PoolLimit> pool(String pool) {
        return admission.limit(pool);
    }

    /** How much of each pool is used that is set, or that somebody holds or waits for. */
    public List<PoolUse> pools(Instant now) {
        return admission.uses(now);
    }

    /** As what a pool is there: once, or for which values. */
    List<PoolKey> keysOf(String pool) {
        return admission.keysOf(pool);
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
        graphs.computeIfAbsent(definition.name(), name -> new HashMap<>())
                .computeIfAbsent(version, key -> new Graph(key, definition));
    }

    public boolean isKnown(String pipeline, String version) {
        return graphs.getOrDefault(pipeline, Map.of()).containsKey(version);
    }

    /** Says that the code of a known version is at hand: new runs and tries take it. */
    public void load(String pipeline, String version) {
        Graph graph = graph(pipeline, version);
        loaded.put(pipeline, graph);
        atHand.add(graph);
    }

    /** Whether there is code for a version, be it the latest or an earlier one. */
    boolean isAtHand(Graph graph) {
        return atHand.contains(graph);
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
            case Change.BackfillEnded it -> {
                backfill(it.backfill()).ifPresent(backfill -> backfill.end(it.state()));
                backfills.remove(it.backfill());
            }
            case Change.OfSchedule it -> scheduleOf(it.pipeline()).fold(it, at);
            case Change.AlertRaised it -> alert(it.alert(), at);
            case Change.PoolSet it -> admission.set(it.limit());
            case Change.PoolRemoved it -> admission.unset(it.pool());
            case Change.StartCounted it -> admission.counted(it.pool(), at);
            case Change.CommandAnswered _ -> {}
        }
    }

    private void alert(Alert alert, Instant at) {
        switch (alert.kind()) {
            case INTERVAL_LATE -> scheduleOf(alert.pipeline()).alerted(at);
            case RUN_OVERDUE -> run(alert.run()).ifPresent(Run::overdue);
        }
    }

    private void register(String version, PipelineDefinition definition) {
        recall(version, definition);
        load(definition.name(), version);
    }

    private Graph graph(String pipeline, String version) {
        return Objects.requireNonNull(
                graphs.getOrDefault(pipeline, Map.of()).get(version),
                () -> "version " + version + " of pipeline " + pipeline + " is not known");
    }

    private void create(Change.RunCreated it) {
        lastRun = Math.max(lastRun, it.run());
        Graph graph = graph(it.identity().pipeline(), it.version());
        Run run = new Run(it.run(), it.identity(), graph, it.backfill());
        runs.put(it.run(), run);
        covering.put(Covered.by(it.identity()), run);
        counting(it.backfill()).ifPresent(backfill -> backfill.started(it.run()));
        schedule(it.identity().pipeline()).ifPresent(schedule -> create(schedule, it));
    }

    /** A schedule runs intervals with no parameters but the defaults. */
    private static void create(ScheduleState schedule, Change.RunCreated it) {
        if (it.backfill() == 0) {
            schedule.created(it.run(), it.identity().interval());
        } else if (it.identity().parameters().isEmpty()) {
            schedule.createdByOther(it.run(), it.identity().interval());
        }
    }

    private void move(Change.RunMoved it, Instant at) {
        Run run = known(it.run());
        run.move(it.from(), it.to(), at);
        schedule(run.identity().pipeline())
                .ifPresent(schedule -> schedule.moved(it.run(), it.to()));
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
        Graph graph = graph(run.identity().pipeline(), it.version());
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
        schedule(run.identity().pipeline()).ifPresent(schedule -> reopen(schedule, it));
    }

    private static void reopen(ScheduleState schedule, Change.RunReopened it) {
        schedule.reopened(it.run());
        if (it.backfill() == 0) {
            schedule.queue(it.run());
        } else {
            schedule.leave(it.run());
        }
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
