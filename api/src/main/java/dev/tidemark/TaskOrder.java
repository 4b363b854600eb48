package dev.tidemark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Puts the tasks of a pipeline in an order in which each follows all it waits for (Kahn's), and
 * names the circle where there is none. Among tasks that could be next, the one declared first is.
 */
final class TaskOrder {
    private final String pipeline;
    private final List<TaskDefinition> tasks;
    private final int[][] upstreams;
    private final List<List<Integer>> downstreams;

    /** For each task, how many of its upstreams have no place in the order yet. */
    private final int[] missing;

    private TaskOrder(String pipeline, List<TaskDefinition> tasks) {
        this.pipeline = pipeline;
        this.tasks = tasks;
        this.upstreams = new int[tasks.size()][];
        this.downstreams = new ArrayList<>();
        this.missing = new int[tasks.size()];
        Map<String, Integer> declared = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            declared.put(tasks.get(i).name(), i);
            downstreams.add(new ArrayList<>());
        }
        for (int i = 0; i < tasks.size(); i++) {
            upstreams[i] =
                    tasks.get(i).edges().upstreams().stream()
                            .mapToInt(name -> declared.getOrDefault(name, -1))
                            .toArray();
            missing[i] = upstreams[i].length;
            for (int upstream : upstreams[i]) {
                downstreams.get(upstream).add(i);
            }
        }
    }

    /** The names are known to be unique, and all that is waited for to be there. */
    static List<TaskDefinition> of(String pipeline, List<TaskDefinition> tasks) {
        return new TaskOrder(pipeline, tasks).ordered();
    }

    private List<TaskDefinition> ordered() {
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < missing.length; i++) {
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<TaskDefinition> ordered = new ArrayList<>(tasks.size());
        while (!ready.isEmpty()) {
            int next = ready.remove();
            ordered.add(tasks.get(next));
            for (int downstream : downstreams.get(next)) {
                missing[downstream]--;
                if (missing[downstream] == 0) {
                    ready.add(downstream);
                }
            }
        }
        if (ordered.size() < tasks.size()) {
            throw new TidemarkException(
                    ErrorCode.CYCLE,
                    "the tasks of pipeline "
                            + pipeline
                            + " wait for each other in a circle: "
                            + String.join(" → ", circle())
                            + ". Remove one of these dependencies");
        }
        return List.copyOf(ordered);
    }

    /** Walks upstream among the tasks that have no place, until one comes again. */
    private List<String> circle() {
        List<Integer> path = new ArrayList<>();
        int at = firstWithoutPlace(allTasks());
        while (!path.contains(at)) {
            path.add(at);
            at = firstWithoutPlace(upstreams[at]);
        }
        List<Integer> circle = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
        circle.add(at);
        return circle.reversed().stream().map(task -> tasks.get(task).name()).toList();
    }

    private int[] allTasks() {
        return java.util.stream.IntStream.range(0, tasks.size()).toArray();
    }

    private int firstWithoutPlace(int[] candidates) {
        for (int candidate : candidates) {
            if (missing[candidate] > 0) {
                return candidate;
            }
        }
        throw new IllegalStateException("no circle in " + pipeline);
    }
}
