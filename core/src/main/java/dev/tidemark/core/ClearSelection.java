package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tasks of a run somebody wants to run again.
 *
 * @param tasks names; none means all tasks
 * @param downstream also all that waits for them
 * @param upstream also all that they wait for
 * @param onlyFailed of these, only instances that did not go well
 */
public record ClearSelection(
        Set<String> tasks, boolean downstream, boolean upstream, boolean onlyFailed) {
    public ClearSelection {
        tasks = Set.copyOf(tasks);
    }

    /**
     * The instances meant; a whole task where all of its instances are.
     *
     * @param states how all instances of the run stand
     * @throws TidemarkException where a name is not one of the pipeline's tasks
     */
    public List<TaskKey> of(long run, Graph graph, Map<TaskKey, TaskState> states) {
        for (String task : tasks) {
            if (!graph.has(task)) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "there is no task '" + task + "'; the tasks are " + graph.names());
            }
        }
        Set<String> meant = new HashSet<>(tasks.isEmpty() ? graph.names() : tasks);
        if (downstream) {
            meant.addAll(graph.withDownstream(meant));
        }
        if (upstream) {
            meant.addAll(graph.withUpstream(meant));
        }
        List<TaskKey> keys = new ArrayList<>();
        for (String name : graph.names()) {
            if (meant.contains(name) && !onlyFailed) {
                keys.add(new TaskKey(run, name, TaskKey.NONE));
            } else if (meant.contains(name)) {
                states.entrySet().stream()
                        .filter(state -> state.getKey().task().equals(name))
                        .filter(state -> state.getValue().wentWrong())
                        .forEach(state -> keys.add(state.getKey()));
            }
        }
        return keys;
    }
}
