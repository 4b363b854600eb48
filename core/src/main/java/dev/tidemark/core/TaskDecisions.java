package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.InputDefinition;
import dev.tidemark.TaskDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When tasks start, and what becomes of those that can't. */
final class TaskDecisions {
    /** The most instances a list may be fanned out to. */
    static final int MAX_ELEMENTS = 100_000;

    private TaskDecisions() {}

    /** Looks at a task after something upstream of it changed. */
    static Decision reconsider(State state, Event.Reconsider event, Instant now) {
        Optional<Run> live =
                state.run(event.run())
                        .filter(run -> run.state() == RunState.RUNNING)
                        .filter(run -> run.graph().has(event.task()));
        if (live.isEmpty()) {
            return Decision.NOTHING;
        }
        Run run = live.get();
        TaskNode node = run.node(event.task());
        if (node.count(TaskState.WAITING) == 0) {
            return queued(run, node, event.task());
        }
        TaskDefinition task = run.graph().task(event.task());
        return switch (TriggerRules.judge(task.edges().rule(), run.upstreams(event.task()))) {
            case WAIT -> Decision.NOTHING;
            case SKIP -> withoutAttempt(run, node, TaskState.SKIPPED, "by trigger rule");
            case UPSTREAM_FAILED ->
                    withoutAttempt(run, node, TaskState.UPSTREAM_FAILED, "by trigger rule");
            case RUN -> run(state, run, task, now);
        };
    }

    /** Who was queued under an earlier owner may wait for a rate that nobody has a timer for. */
    private static Decision queued(Run run, TaskNode node, String task) {
        Decision.Draft draft = new Decision.Draft();
        if (node.count(TaskState.QUEUED) > 0) {
            run.demand(task)
                    .pool()
                    .ifPresent(pool -> draft.next(new Event.RatePerhapsAllows(pool)));
        }
        return draft.done();
    }

    private static Decision run(State state, Run run, TaskDefinition task, Instant now) {
        TaskNode node = run.node(task.name());
        for (InputDefinition input : task.edges().inputs()) {
            if (isTaken(input) && isMarked(run.node(input.task()))) {
                return withoutAttempt(
                        run,
                        node,
                        TaskState.FAILED,
                        "'" + input.task() + "' was marked by hand, so it left no result to take");
            }
        }
        return task.edges()
                .mapsOver()
                .filter(list -> !node.isExpanded() || isVoid(run, list))
                .map(list -> expand(run, task.name(), list))
                .orElseGet(() -> startAll(state, run, node, now));
    }

    private static boolean isTaken(InputDefinition input) {
        return switch (input.form()) {
            case RESULT, GATHERED -> true;
            // A list that is not there has a rule of its own.
            case OPTIONAL, ELEMENT -> false;
        };
    }

    /** Whether somebody said that it succeeded, and nothing ran that could have left a result. */
    private static boolean isMarked(TaskNode node) {
        return node.instances().stream()
                .anyMatch(it -> it.state() == TaskState.SUCCEEDED && it.result().isEmpty());
    }

    /** Whether there is no list: it was cleared after others were expanded over it. */
    private static boolean isVoid(Run run, String list) {
        return run.node(list).instances().getFirst().result().isEmpty();
    }

    private static Decision expand(Run run, String task, String list) {
        TaskNode node = run.node(task);
        TaskInstance lister = run.node(list).instances().getFirst();
        if (!lister.state().isFinal()) {
            // The rule is content already, but there is nothing to expand yet.
            return Decision.NOTHING;
        }
        if (lister.result().isEmpty()) {
            return withoutAttempt(
                    run,
                    node,
                    lister.state() == TaskState.SKIPPED
                            ? TaskState.SKIPPED
                            : TaskState.UPSTREAM_FAILED,
                    "'" + list + "' left no list");
        }
        int elements = lister.result().get().elements();
        if (elements == TaskResult.NO_LIST) {
            return withoutAttempt(
                    run, node, TaskState.FAILED, "the result of '" + list + "' is no list");
        }
        if (elements == 0) {
            return withoutAttempt(run, node, TaskState.SKIPPED, "the list is empty");
        }
        if (elements > MAX_ELEMENTS) {
            return withoutAttempt(
                    run,
                    node,
                    TaskState.FAILED,
                    ErrorCode.FAN_OUT_TOO_LARGE
                            + ": the list has "
                            + elements
                            + " elements; the most is "
                            + MAX_ELEMENTS);
        }
        return new Decision.Draft()
                .change(new Change.TaskExpanded(run.number(), task, elements))
                .next(new Event.Reconsider(run.number(), task))
                .done();
    }

    private static Decision startAll(State state, Run run, TaskNode node, Instant now) {
        List<TaskInstance> waiting =
                node.instances().stream()
                        .filter(instance -> instance.state() == TaskState.WAITING)
                        .toList();
        return new Starts(state, run, waiting.getFirst().key().task(), now)
                .startOrQueue(waiting)
                .done();
    }

    /** The pause before an instance's next attempt is over. */
    static Decision retry(State state, TaskKey key, Instant now) {
        return state.run(key.run())
                .filter(run -> run.state() == RunState.RUNNING && run.has(key))
                .filter(run -> run.instance(key).state() == TaskState.RETRYING)
                .filter(run -> !run.instance(key).due().isAfter(now))
                .map(
                        run ->
                                new Starts(state, run, key.task(), now)
                                        .startOrQueue(List.of(run.instance(key)))
                                        .done())
                .orElse(Decision.NOTHING);
    }

    /** Starts who is next in line; one after another, so that each finds what is left. */
    static Decision fillSlots(State state, Instant now) {
        return state.admission()
                .next(now)
                .map(key -> start(state, key, now))
                .orElse(Decision.NOTHING);
    }

    private static Decision start(State state, TaskKey key, Instant now) {
        Run run = state.run(key.run()).orElseThrow();
        return new Starts(state, run, key.task(), now).start(run.instance(key)).andNext().done();
    }

    private static Decision withoutAttempt(Run run, TaskNode node, TaskState to, String reason) {
        Decision.Draft draft = new Decision.Draft();
        String task = "";
        for (TaskInstance instance : node.instances()) {
            if (instance.state() == TaskState.WAITING) {
                task = instance.key().task();
                draft.change(new Change.TaskMoved(instance.key(), TaskState.WAITING, to, reason));
            }
        }
        consequences(draft, run, task);
        return draft.done();
    }

    /** What has to be looked at because a task of the run came to an end. */
    static void consequences(Decision.Draft draft, Run run, String task) {
        for (String downstream : run.graph().downstreams(task)) {
            draft.next(new Event.Reconsider(run.number(), downstream));
        }
        draft.next(new Event.RunPerhapsDone(run.number()));
    }
}
