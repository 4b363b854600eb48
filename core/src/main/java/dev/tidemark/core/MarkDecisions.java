package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.InputDefinition;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends tasks by hand. What ended already is cleared first, so that nothing but a clear ever leaves
 * a final state; what runs is fenced and stopped.
 */
final class MarkDecisions {
    private static final String BY_HAND = "marked by hand";

    private MarkDecisions() {}

    /**
     * A run that is under way goes on with what follows. Any other is queued until somebody asks
     * for its interval, or ends where nothing is left to do.
     */
    static Decision mark(State state, Event.MarkRequested event, Instant now) {
        Run run = RunDecisions.known(state, event.run());
        Set<TaskInstance> meant = meant(run, event);
        refuseNeeded(run, meant, event.to());
        Set<TaskKey> below = below(run, meant, event.to());
        boolean underWay = RunDecisions.isUnderWay(state, run);
        boolean reopens = !underWay && run.state() != RunState.QUEUED;
        Decision.Draft draft = new Decision.Draft();
        if (reopens) {
            Recovery.loseRunning(draft, run, Set.of(), now);
            draft.change(
                    new Change.RunReopened(
                            run.number(), run.tryNumber() + 1, run.graph().version(), 0));
        }
        Set<TaskKey> anew = new LinkedHashSet<>(below);
        meant.forEach(instance -> anew.add(instance.key()));
        WatermarkDecisions.voided(draft, state, run, run.graph(), anew);
        below.forEach(key -> RunDecisions.clear(draft, run, key));
        meant.forEach(instance -> end(draft, instance, reopens, event, now));
        if (!underWay && below.isEmpty() && isDoneBut(run, meant)) {
            draft.change(new Change.RunMoved(run.number(), RunState.QUEUED, RunState.RUNNING));
        }
        below.forEach(key -> draft.next(new Event.Reconsider(run.number(), key.task())));
        for (String task : tasks(meant)) {
            TaskDecisions.consequences(draft, run, task);
        }
        return draft.next(new Event.SlotPerhapsFree())
                .next(new Event.SchedulePerhapsNext(run.identity().pipeline()))
                .done();
    }

    /** The instances that somebody means and that do not stand so already. */
    private static Set<TaskInstance> meant(Run run, Event.MarkRequested event) {
        boolean cancels = event.to() == TaskState.CANCELLED;
        if (cancels && run.state().isFinal()) {
            throw refused("run " + run.identity().name() + " has already " + run.state());
        }
        Set<TaskInstance> meant = new LinkedHashSet<>();
        for (TaskKey key : event.tasks()) {
            RunDecisions.refuseUnknown(run, key);
            Set<TaskInstance> open = new LinkedHashSet<>();
            for (TaskInstance instance : run.node(key.task()).instances()) {
                boolean fits =
                        key.element() == TaskKey.NONE || key.element() == instance.key().element();
                boolean isSo =
                        cancels ? instance.state().isFinal() : instance.state() == event.to();
                if (fits && !isSo) {
                    open.add(instance);
                }
            }
            if (open.isEmpty()) {
                throw refused(
                        "task "
                                + key.label()
                                + " of run "
                                + run.identity().name()
                                + " has already ended"
                                + (cancels ? "" : " as " + event.to())
                                + "; nothing was changed");
            }
            meant.addAll(open);
        }
        return meant;
    }

    /** A task that is marked leaves no result, so nothing that takes it could run. */
    private static void refuseNeeded(Run run, Set<TaskInstance> meant, TaskState to) {
        if (to != TaskState.SUCCEEDED) {
            return;
        }
        for (String task : tasks(meant)) {
            for (String below : run.graph().downstreams(task)) {
                if (takes(run.graph().task(below).edges().inputs(), task)
                        && mayRun(run.node(below), meant)) {
                    throw refused(
                            "task '"
                                    + task
                                    + "' cannot be marked as succeeded: '"
                                    + below
                                    + "' takes its result, and a task that is marked has none."
                                    + " Let it run again with tidemark clear, or mark '"
                                    + below
                                    + "' too");
                }
            }
        }
    }

    private static boolean takes(List<InputDefinition> inputs, String task) {
        return inputs.stream()
                .filter(input -> input.form() != InputDefinition.Form.OPTIONAL)
                .anyMatch(input -> input.task().equals(task));
    }

    private static boolean mayRun(TaskNode node, Set<TaskInstance> meant) {
        return node.instances().stream()
                .filter(instance -> !meant.contains(instance))
                .anyMatch(
                        instance ->
                                !instance.state().isFinal()
                                        || instance.state() == TaskState.UPSTREAM_FAILED);
    }

    /** What runs again, since it was let through by an end that is void, or kept back by one. */
    private static Set<TaskKey> below(Run run, Set<TaskInstance> meant, TaskState to) {
        if (to == TaskState.CANCELLED) {
            return Set.of();
        }
        List<TaskKey> ended =
                meant.stream()
                        .filter(instance -> instance.state().isFinal())
                        .map(TaskInstance::key)
                        .toList();
        List<TaskKey> ends = new ArrayList<>(ended);
        if (to == TaskState.SUCCEEDED) {
            ends.addAll(keptBack(run, tasks(meant)));
        }
        Set<TaskKey> below = new LinkedHashSet<>(RunDecisions.toClear(run, ends));
        ended.forEach(below::remove);
        return withoutMarked(run, below, meant);
    }

    /** What could not run because something failed above it, and all that waits for it. */
    private static List<TaskKey> keptBack(Run run, Set<String> tasks) {
        List<TaskKey> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>(tasks);
        Deque<String> open = new ArrayDeque<>(tasks);
        while (!open.isEmpty()) {
            for (String below : run.graph().downstreams(open.remove())) {
                if (run.node(below).count(TaskState.UPSTREAM_FAILED) > 0 && seen.add(below)) {
                    open.add(below);
                    run.node(below).instances().stream()
                            .filter(it -> it.state() == TaskState.UPSTREAM_FAILED)
                            .forEach(it -> keys.add(it.key()));
                }
            }
        }
        return keys;
    }

    /** What is marked itself does not run again; a task must not be both. */
    private static Set<TaskKey> withoutMarked(
            Run run, Set<TaskKey> below, Set<TaskInstance> meant) {
        Set<TaskKey> left = new LinkedHashSet<>();
        Set<String> marked = tasks(meant);
        for (TaskKey key : below) {
            if (!marked.contains(key.task())) {
                left.add(key);
            } else if (!meant.containsAll(run.node(key.task()).instances())) {
                throw refused(
                        "task '"
                                + key.task()
                                + "' waits for another that is to be marked, and runs again; mark"
                                + " that one first, or all of '"
                                + key.task()
                                + "'");
            }
        }
        return left;
    }

    private static void end(
            Decision.Draft draft,
            TaskInstance instance,
            boolean lost,
            Event.MarkRequested event,
            Instant now) {
        TaskKey key = instance.key();
        boolean runs = instance.state() == TaskState.RUNNING && !lost;
        String why = event.reason().isEmpty() ? BY_HAND : BY_HAND + ": " + event.reason();
        if (event.to() == TaskState.CANCELLED) {
            if (instance.state() == TaskState.RUNNING && lost) {
                draft.change(new Change.TaskMoved(key, TaskState.RETRYING, event.to(), why));
            } else {
                RunDecisions.cancel(draft, instance, why, now);
            }
            return;
        }
        if (runs) {
            draft.effect(new Effect.StopAttempt(key, instance.token(), why));
        }
        if (instance.state() != TaskState.WAITING) {
            draft.change(new Change.TaskCleared(key));
        }
        draft.change(new Change.TaskMoved(key, TaskState.WAITING, event.to(), why));
    }

    private static boolean isDoneBut(Run run, Set<TaskInstance> meant) {
        return run.instances().stream()
                .allMatch(instance -> meant.contains(instance) || instance.state().isFinal());
    }

    private static Set<String> tasks(Set<TaskInstance> instances) {
        Set<String> tasks = new LinkedHashSet<>();
        instances.forEach(instance -> tasks.add(instance.key().task()));
        return tasks;
    }

    private static TidemarkException refused(String message) {
        return new TidemarkException(ErrorCode.INVALID_REQUEST, message);
    }
}
