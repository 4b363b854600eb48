package dev.tidemark.store;

import dev.tidemark.core.TaskState;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the instances of a task in a run stand.
 *
 * @param task the task's name
 * @param states how many are in which state; states that none is in are missing
 * @param tally how often all of them together were tried
 */
public record TaskCounts(String task, Map<TaskState, Integer> states, TaskView.Tally tally) {
    public TaskCounts {
        Map<TaskState, Integer> inOrder = new EnumMap<>(TaskState.class);
        inOrder.putAll(states);
        states = Collections.unmodifiableMap(inOrder);
    }

    /** Of a task that is mapped over a list without elements. */
    static TaskCounts none(String task) {
        return new TaskCounts(task, Map.of(), TaskView.Tally.NONE);
    }

    public int of(TaskState state) {
        return states.getOrDefault(state, 0);
    }

    /** All of them. */
    public int instances() {
        return states.values().stream().mapToInt(Integer::intValue).sum();
    }
}
