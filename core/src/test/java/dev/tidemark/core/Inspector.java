package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.TaskDefinition;
import dev.tidemark.core.TriggerRules.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Watches every fold: that it takes a legal way, and that nothing begins or ends that its trigger
 * rule does not allow at that moment. Keeps the ways that were taken.
 */
final class Inspector {
    private final int slots;
    private final Set<TaskTransitions.Way> taskWays = new LinkedHashSet<>();
    private final Set<RunTransitions.Way> runWays = new LinkedHashSet<>();
    private final LimitsOracle limits = new LimitsOracle();
    private long lastToken;

    Inspector(int slots) {
        this.slots = slots;
    }

    Set<TaskTransitions.Way> taskWays() {
        return taskWays;
    }

    Set<RunTransitions.Way> runWays() {
        return runWays;
    }

    /** Looks at a change before it is folded. */
    void before(State state, Change change, Instant now) {
        switch (change) {
            case Change.RunMoved it -> took(it.from(), it.to());
            case Change.RunReopened it -> {
                RunState from = state.run(it.run()).orElseThrow().state();
                if (from != RunState.QUEUED) {
                    took(from, RunState.QUEUED);
                }
            }
            case Change.TaskMoved it -> {
                Run run = run(state, it.task());
                assertThat(run.instance(it.task()).state()).as("%s", it).isEqualTo(it.from());
                took(it.from(), signal(it.to()), it.to());
                if (!isByHand(run, it)) {
                    gate(run, it.task(), it.from(), it.to());
                }
            }
            case Change.AttemptStarted it -> {
                started(run(state, it.task()), it);
                limits.started(state, run(state, it.task()), it.task(), now);
            }
            case Change.PoolSet it -> limits.set(it.limit());
            case Change.PoolRemoved it -> limits.remove(it.pool());
            case Change.AttemptEnded it -> {
                TaskInstance instance = run(state, it.task()).instance(it.task());
                assertThat(instance.holds(it.token())).as("%s holds its token", it).isTrue();
                took(instance.state(), signal(it.to()), it.to());
            }
            case Change.TaskExpanded it ->
                    gate(
                            state.run(it.run()).orElseThrow(),
                            new TaskKey(it.run(), it.task(), TaskKey.NONE),
                            TaskState.WAITING,
                            TaskState.RUNNING);
            case Change.TaskCleared it -> cleared(run(state, it.task()), it.task());
            case Change.PipelineRegistered _,
                    Change.TasksVerified _,
                    Change.RunCreated _,
                    Change.LateResult _,
                    Change.BackfillCreated _,
                    Change.IntervalSkipped _,
                    Change.BackfillMoved _,
                    Change.BackfillEnded _,
                    Change.OfSchedule _,
                    Change.OfWatermark _,
                    Change.AlertRaised _,
                    Change.StartCounted _,
                    Change.CommandAnswered _ -> {}
        }
    }

    /** Somebody says how it ended, or it cannot take what another one would have left. */
    private static boolean isByHand(Run run, Change.TaskMoved it) {
        boolean lacksResult =
                it.to() == TaskState.FAILED
                        && run.graph().task(it.task().task()).edges().inputs().stream()
                                .flatMap(input -> run.node(input.task()).instances().stream())
                                .anyMatch(
                                        above ->
                                                above.state() == TaskState.SUCCEEDED
                                                        && above.result().isEmpty());
        return lacksResult || it.reason().startsWith("marked by hand");
    }

    private void started(Run run, Change.AttemptStarted it) {
        TaskInstance instance = run.instance(it.task());
        assertThat(run.state()).as("the run of %s", it).isEqualTo(RunState.RUNNING);
        assertThat(it.token()).as("tokens only grow: %s", it).isGreaterThan(lastToken);
        lastToken = it.token();
        took(instance.state(), TaskSignal.START, TaskState.RUNNING);
        gate(run, it.task(), instance.state(), TaskState.RUNNING);
    }

    /** What leaves waiting does so because its rule, read from the table, says so now. */
    private static void gate(Run run, TaskKey key, TaskState from, TaskState to) {
        if (from != TaskState.WAITING || to == TaskState.CANCELLED) {
            return;
        }
        List<TaskState> upstreams = RuleOracle.upstreams(run, key.task());
        Verdict verdict =
                RuleOracle.verdict(run.graph().task(key.task()).edges().rule(), upstreams);
        boolean mapped = run.graph().task(key.task()).edges().mapsOver().isPresent();
        List<TaskState> allowed =
                switch (verdict) {
                    case WAIT -> List.of();
                    case SKIP -> List.of(TaskState.SKIPPED);
                    case UPSTREAM_FAILED -> List.of(TaskState.UPSTREAM_FAILED);
                    case RUN ->
                            mapped
                                    ? List.of(
                                            TaskState.RUNNING,
                                            TaskState.QUEUED,
                                            TaskState.SKIPPED,
                                            TaskState.FAILED,
                                            TaskState.UPSTREAM_FAILED)
                                    : List.of(TaskState.RUNNING, TaskState.QUEUED);
                };
        assertThat(allowed)
                .as("%s goes to %s while its upstreams are %s", key, to, upstreams)
                .contains(to);
    }

    private void cleared(Run run, TaskKey key) {
        for (TaskInstance instance : run.node(key.task()).instances()) {
            boolean meant =
                    key.element() == TaskKey.NONE || key.element() == instance.key().element();
            if (meant && instance.state() != TaskState.WAITING) {
                took(instance.state(), TaskSignal.CLEAR, TaskState.WAITING);
            }
        }
    }

    /** Looks at the state between two events: nothing that could move was left lying. */
    void atRest(State state, Instant now) {
        List<TaskKey> running = new ArrayList<>();
        Set<TaskKey> queued = new HashSet<>();
        Set<TaskKey> inQueue = new HashSet<>();
        for (TaskKey key : state.queue()) {
            refuse(!inQueue.add(key), () -> key + " is in the queue twice");
        }
        for (Run run : state.runs()) {
            refuse(
                    run.state() == RunState.RUNNING && run.isDone(),
                    () -> "run " + run.number() + " is running, and all its tasks are done");
            for (TaskNode node : run.nodes()) {
                for (TaskInstance instance : node.instances()) {
                    atRest(run, instance);
                    if (instance.state() == TaskState.RUNNING) {
                        running.add(instance.key());
                    }
                    if (instance.state() == TaskState.QUEUED && run.state() == RunState.RUNNING) {
                        queued.add(instance.key());
                    }
                }
            }
        }
        refuse(running.size() > slots, () -> "more than " + slots + " attempts run: " + running);
        assertThat(state.freeSlots()).isEqualTo(slots - running.size());
        refuse(
                !queued.equals(inQueue),
                () -> queued + " are queued, and in the queue are " + inQueue);
        if (running.size() < slots) {
            queued.removeIf(key -> limits.isBlocked(state, run(state, key), key, now));
            refuse(!queued.isEmpty(), () -> queued + " are queued although nothing is missing");
        }
    }

    private static void atRest(Run run, TaskInstance instance) {
        TaskKey key = instance.key();
        refuse(
                run.state().isFinal() && !instance.state().isFinal(),
                () -> key + " is " + instance.state() + ", and its run " + run.state());
        if (run.state() == RunState.RUNNING && instance.state() == TaskState.WAITING) {
            TaskDefinition.Edges edges = run.graph().task(key.task()).edges();
            Verdict verdict =
                    RuleOracle.verdict(edges.rule(), RuleOracle.upstreams(run, key.task()));
            boolean listIsThere = edges.mapsOver().stream().allMatch(it -> run.node(it).isDone());
            refuse(
                    verdict != Verdict.WAIT && listIsThere,
                    () -> key + " waits although its rule says " + verdict);
        }
    }

    private static void refuse(boolean wrong, Supplier<String> message) {
        if (wrong) {
            throw new AssertionError(message.get());
        }
    }

    private void took(TaskState from, TaskSignal signal, TaskState to) {
        TaskTransitions.Way way = new TaskTransitions.Way(from, signal, to);
        if (taskWays.add(way)) {
            assertThat(TaskTransitions.ALL).contains(way);
        }
    }

    private void took(RunState from, RunState to) {
        List<RunTransitions.Way> ways =
                RunTransitions.ALL.stream()
                        .filter(way -> way.from() == from && way.to() == to)
                        .toList();
        assertThat(ways).as("ways of a run from %s to %s", from, to).hasSize(1);
        runWays.addAll(ways);
    }

    private static TaskSignal signal(TaskState to) {
        return switch (to) {
            case WAITING -> TaskSignal.CLEAR;
            case QUEUED -> TaskSignal.READY;
            case RUNNING -> TaskSignal.START;
            case RETRYING -> TaskSignal.RETRY;
            case SUCCEEDED -> TaskSignal.SUCCEED;
            case FAILED -> TaskSignal.FAIL;
            case SKIPPED -> TaskSignal.SKIP;
            case UPSTREAM_FAILED -> TaskSignal.UPSTREAM_FAIL;
            case CANCELLED -> TaskSignal.CANCEL;
        };
    }

    private static Run run(State state, TaskKey key) {
        return state.run(key.run()).orElseThrow();
    }
}
