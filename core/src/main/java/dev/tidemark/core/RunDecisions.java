package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.TaskDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.TriggerRule;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How runs end, are given up, and begin again. */
final class RunDecisions {
    private RunDecisions() {}

    /** Begins with a run that is queued. */
    static void start(Decision.Draft draft, long run, int tryNumber, Graph graph, Instant now) {
        draft.change(new Change.RunMoved(run, RunState.QUEUED, RunState.RUNNING));
        graph.definition()
                .timing()
                .promises()
                .deadline()
                .ifPresent(length -> watch(draft, run, tryNumber, now.plus(length)));
        for (String task : graph.names()) {
            draft.next(new Event.Reconsider(run, task));
        }
        draft.next(new Event.SlotPerhapsFree());
        draft.next(new Event.RunPerhapsDone(run));
    }

    private static void watch(Decision.Draft draft, long run, int tryNumber, Instant at) {
        draft.effect(new Effect.SetTimer(at, new Event.RunPerhapsOverdue(run, tryNumber)));
    }

    /** Goes on watching a run that another engine has begun with. */
    static void watch(Decision.Draft draft, Run run) {
        deadline(run).ifPresent(at -> watch(draft, run.number(), run.tryNumber(), at));
    }

    private static Optional<Instant> deadline(Run run) {
        return run.graph().definition().timing().promises().deadline().map(run.since()::plus);
    }

    /** Raises an alert where a run takes longer than its pipeline promises; once for each try. */
    static Decision perhapsOverdue(State state, Event.RunPerhapsOverdue event, Instant now) {
        return state.run(event.run())
                .filter(run -> run.state() == RunState.RUNNING && !run.isOverdue())
                .filter(run -> run.tryNumber() == event.tryNumber())
                .map(run -> overdue(run, now))
                .orElse(Decision.NOTHING);
    }

    private static Decision overdue(Run run, Instant now) {
        Decision.Draft draft = new Decision.Draft();
        Optional<Instant> deadline = deadline(run);
        if (deadline.filter(now::isBefore).isPresent()) {
            watch(draft, run);
        } else if (deadline.isPresent()) {
            RunIdentity identity = run.identity();
            String message =
                    "run "
                            + identity.name()
                            + " was to end by "
                            + deadline.get()
                            + " and is still running";
            draft.change(
                    new Change.AlertRaised(
                            new Alert(
                                    Alert.Kind.RUN_OVERDUE,
                                    identity.pipeline(),
                                    run.number(),
                                    identity.interval(),
                                    message)));
        }
        return draft.done();
    }

    /** What has to be looked at because a run came to an end. */
    private static void ended(Decision.Draft draft, Run run) {
        draft.next(new Event.BackfillPerhapsNext(run.backfill()));
        draft.next(new Event.SchedulePerhapsNext(run.identity().pipeline()));
    }

    /** Looks at what a task that ended has proven, and ends a run whose tasks have all ended. */
    static Decision perhapsDone(State state, long number) {
        return state.run(number).map(run -> perhapsDone(state, run)).orElse(Decision.NOTHING);
    }

    private static Decision perhapsDone(State state, Run run) {
        Decision.Draft draft = new Decision.Draft();
        Optional<RunState> outcome =
                run.state() == RunState.RUNNING && run.isDone()
                        ? Optional.of(outcome(run))
                        : Optional.empty();
        outcome.ifPresent(
                end -> draft.change(new Change.RunMoved(run.number(), RunState.RUNNING, end)));
        WatermarkDecisions.perhapsMove(draft, state, run, outcome);
        if (outcome.isPresent()) {
            ended(draft, run);
        }
        return draft.done();
    }

    /**
     * One failed task fails the run, unless it may fail; a task that could not run only because of
     * such a one is forgiven too.
     */
    private static RunState outcome(Run run) {
        Set<String> forgiven = new HashSet<>();
        for (String name : run.graph().names()) {
            TaskNode node = run.node(name);
            if (!node.wentWrong()) {
                continue;
            }
            boolean failureForgiven =
                    node.count(TaskState.FAILED) + node.count(TaskState.CANCELLED) == 0
                            || run.graph().task(name).policy().mayFail();
            boolean upstreamForgiven =
                    node.count(TaskState.UPSTREAM_FAILED) == 0
                            || run.graph().upstreams(name).stream()
                                    .filter(upstream -> run.node(upstream).wentWrong())
                                    .allMatch(forgiven::contains);
            if (!failureForgiven || !upstreamForgiven) {
                return RunState.FAILED;
            }
            forgiven.add(name);
        }
        return RunState.SUCCEEDED;
    }

    /** Gives up all that has not ended. */
    static Decision cancel(State state, Event.CancelRequested event, Instant now) {
        Run run = known(state, event.run());
        if (run.state().isFinal()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "run " + run.identity().name() + " has already " + run.state());
        }
        Decision.Draft draft = new Decision.Draft();
        cancel(draft, run, event.reason(), now);
        draft.next(new Event.SlotPerhapsFree());
        ended(draft, run);
        return draft.done();
    }

    /** Gives up a run that has not ended, with all of its tasks that have not. */
    static void cancel(Decision.Draft draft, Run run, String reason, Instant now) {
        for (TaskInstance instance : run.instances()) {
            cancel(draft, instance, reason, now);
        }
        draft.change(new Change.RunMoved(run.number(), run.state(), RunState.CANCELLED));
    }

    /** Gives up an instance that has not ended; its attempt is fenced and stopped. */
    static void cancel(Decision.Draft draft, TaskInstance instance, String reason, Instant now) {
        TaskKey key = instance.key();
        if (instance.state() == TaskState.RUNNING) {
            draft.change(
                    new Change.AttemptEnded(
                            key,
                            instance.token(),
                            TaskState.CANCELLED,
                            new Outcome.Stopped(reason),
                            now));
            draft.effect(new Effect.StopAttempt(key, instance.token(), reason));
        } else if (!instance.state().isFinal()) {
            draft.change(new Change.TaskMoved(key, instance.state(), TaskState.CANCELLED, reason));
        }
    }

    /**
     * Has tasks of a run wait again. A run that is under way goes on with them; any other is queued
     * until somebody asks for its interval, or its pipeline's schedule goes on with it.
     */
    static Decision clear(State state, Event.ClearRequested event, Instant now) {
        Run run = known(state, event.run());
        event.tasks().forEach(key -> refuseUnknown(run, key));
        Set<TaskKey> keys = toClear(run, event.tasks());
        if (!event.acceptUnknownEffects()) {
            refuseUnknownEffects(state, run, keys);
        }
        boolean underWay = isUnderWay(state, run);
        Decision.Draft draft = new Decision.Draft();
        if (!underWay) {
            Recovery.loseRunning(draft, run, Set.of(), now);
            draft.change(
                    new Change.RunReopened(
                            run.number(), run.tryNumber() + 1, run.graph().version(), 0));
        }
        WatermarkDecisions.voided(draft, state, run, run.graph(), keys);
        for (TaskKey key : keys) {
            clear(draft, run, key);
        }
        for (TaskKey key : keys) {
            draft.next(new Event.Reconsider(run.number(), key.task()));
        }
        return draft.next(new Event.SlotPerhapsFree())
                .next(new Event.SchedulePerhapsNext(run.identity().pipeline()))
                .done();
    }

    /** What was attempted once is attempted a second time. */
    private static void refuseUnknownEffects(State state, Run run, Set<TaskKey> keys) {
        Graph code = state.newest(run);
        List<TaskDefinition> attempted =
                keys.stream()
                        .filter(key -> run.node(key.task()).isAttempted(key.element()))
                        .map(TaskKey::task)
                        .distinct()
                        .filter(code::has)
                        .map(code::task)
                        .toList();
        UnknownEffects.refuse(run, attempted);
    }

    /** Whether somebody is at work on it. */
    static boolean isUnderWay(State state, Run run) {
        return run.state() == RunState.RUNNING && state.isUnderWay(run);
    }

    /** The tasks asked for, and what the void results of those have let through. */
    static Set<TaskKey> toClear(Run run, List<TaskKey> asked) {
        Set<TaskKey> keys = new LinkedHashSet<>(asked);
        Deque<String> open = new ArrayDeque<>();
        asked.forEach(key -> open.add(key.task()));
        while (!open.isEmpty()) {
            for (TaskKey below : underWayBelow(run, open.remove())) {
                // What has ended of a list that is expanded anew may have let others through.
                boolean anew =
                        below.element() == TaskKey.NONE && run.node(below.task()).isExpanded();
                if (keys.add(below) && anew) {
                    open.add(below.task());
                }
            }
        }
        Set<String> whole =
                keys.stream()
                        .filter(key -> key.element() == TaskKey.NONE)
                        .map(TaskKey::task)
                        .collect(Collectors.toSet());
        keys.removeIf(key -> key.element() != TaskKey.NONE && whole.contains(key.task()));
        return keys;
    }

    /**
     * What waits for the task and has not ended: it was let through by a result that is void now. A
     * task that is mapped over the void list waits for the new one.
     */
    private static List<TaskKey> underWayBelow(Run run, String task) {
        List<TaskKey> keys = new ArrayList<>();
        for (String below : run.graph().downstreams(task)) {
            TaskDefinition.Edges edges = run.graph().task(below).edges();
            boolean mapped = edges.mapsOver().equals(Optional.of(task));
            if (edges.rule() == TriggerRule.ALWAYS && !mapped) {
                continue;
            }
            for (TaskInstance instance : run.node(below).instances()) {
                boolean waits = instance.state() == TaskState.WAITING && !mapped;
                if (!instance.state().isFinal() && !waits) {
                    int element = mapped ? TaskKey.NONE : instance.key().element();
                    keys.add(new TaskKey(run.number(), below, element));
                }
            }
        }
        return keys;
    }

    static void refuseUnknown(Run run, TaskKey key) {
        boolean known =
                key.run() == run.number()
                        && run.graph().has(key.task())
                        && (key.element() == TaskKey.NONE || run.has(key));
        if (!known) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "run " + run.identity().name() + " has no task " + key.label());
        }
    }

    /** Fences and stops what still runs of a task, then has it wait again. */
    static void clear(Decision.Draft draft, Run run, TaskKey key) {
        for (TaskInstance instance : run.node(key.task()).instances()) {
            boolean meant =
                    key.element() == TaskKey.NONE || key.element() == instance.key().element();
            if (meant && instance.state() == TaskState.RUNNING) {
                draft.effect(
                        new Effect.StopAttempt(
                                instance.key(), instance.token(), "cleared to run again"));
            }
        }
        draft.change(new Change.TaskCleared(key));
    }

    static Run known(State state, long number) {
        return state.run(number)
                .orElseThrow(
                        () ->
                                new TidemarkException(
                                        ErrorCode.INVALID_REQUEST, "there is no run " + number));
    }
}
