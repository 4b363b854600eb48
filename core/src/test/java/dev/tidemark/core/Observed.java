package dev.tidemark.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** All that can be seen of a state, as plain values that can be compared and printed. */
record Observed(List<RunSeen> runs, List<TaskKey> queue, int freeSlots, State.Numbers next) {
    /** All that can be seen of a run. */
    record RunSeen(
            long number,
            RunIdentity identity,
            String version,
            RunState state,
            int tryNumber,
            long backfill,
            List<TaskSeen> tasks) {}

    /** All that can be seen of an instance. */
    record TaskSeen(
            TaskKey key,
            boolean expanded,
            TaskState state,
            Counts counts,
            long token,
            Instant since,
            Instant due,
            Optional<TaskResult> result) {}

    /** What is counted of an instance's attempts. */
    record Counts(int attempts, int started, int losses, int retriesUsed, int lossesOfTry) {}

    static Observed of(State state) {
        List<RunSeen> runs = new ArrayList<>();
        TreeMap<Long, Run> sorted = new TreeMap<>();
        state.runs().forEach(run -> sorted.put(run.number(), run));
        sorted.values().forEach(run -> runs.add(of(run)));
        List<TaskKey> queue = new ArrayList<>();
        state.queue().forEach(queue::add);
        return new Observed(
                runs,
                queue,
                state.freeSlots(),
                new State.Numbers(state.nextRun(), state.nextBackfill(), state.lastToken()));
    }

    static RunSeen of(Run run) {
        List<TaskSeen> tasks = new ArrayList<>();
        for (TaskNode node : run.nodes()) {
            for (TaskInstance instance : node.instances()) {
                tasks.add(of(node, instance));
            }
        }
        return new RunSeen(
                run.number(),
                run.identity(),
                run.graph().version(),
                run.state(),
                run.tryNumber(),
                run.backfill(),
                tasks);
    }

    private static TaskSeen of(TaskNode node, TaskInstance instance) {
        return new TaskSeen(
                instance.key(),
                node.isExpanded(),
                instance.state(),
                new Counts(
                        instance.attempts(),
                        instance.started(),
                        instance.losses(),
                        instance.retriesUsed(),
                        instance.lossesOfTry()),
                instance.token(),
                instance.since(),
                instance.due(),
                instance.result());
    }
}
