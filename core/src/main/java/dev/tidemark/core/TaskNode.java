package dev.tidemark.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A task in a run: one instance, or one for each element once a mapped task is expanded. Before
 * that, one instance with {@link TaskKey#NONE} stands for all. Owned by the thread that owns the
 * {@link State}.
 */
public final class TaskNode {
    private final long run;
    private final String task;
    private final List<TaskInstance> instances = new ArrayList<>();
    private final Map<TaskState, Integer> inState = new EnumMap<>(TaskState.class);
    private boolean expanded;

    TaskNode(long run, String task) {
        this.run = run;
        this.task = task;
        add(TaskKey.NONE);
    }

    public List<TaskInstance> instances() {
        return instances;
    }

    public boolean isExpanded() {
        return expanded;
    }

    TaskInstance instance(int element) {
        return instances.get(element == TaskKey.NONE ? 0 : element);
    }

    int count(TaskState state) {
        return inState.getOrDefault(state, 0);
    }

    boolean isDone() {
        return count(TaskState.WAITING)
                        + count(TaskState.QUEUED)
                        + count(TaskState.RUNNING)
                        + count(TaskState.RETRYING)
                == 0;
    }

    boolean wentWrong() {
        return count(TaskState.FAILED)
                        + count(TaskState.UPSTREAM_FAILED)
                        + count(TaskState.CANCELLED)
                > 0;
    }

    Tally tally() {
        return new Tally(
                instances.size(),
                count(TaskState.SUCCEEDED),
                count(TaskState.SKIPPED),
                count(TaskState.FAILED) + count(TaskState.CANCELLED),
                count(TaskState.UPSTREAM_FAILED));
    }

    /** The one way to change an instance, so that the counts stay true. */
    void change(TaskInstance instance, Runnable change) {
        inState.merge(instance.state(), -1, Integer::sum);
        try {
            change.run();
        } finally {
            inState.merge(instance.state(), 1, Integer::sum);
        }
    }

    void expand(int elements) {
        reset(elements);
        expanded = true;
    }

    /** All instances run again; a mapped task waits for its list anew. */
    void clear() {
        if (expanded) {
            reset(0);
            expanded = false;
            add(TaskKey.NONE);
        } else {
            TaskInstance only = instances.getFirst();
            change(only, only::clear);
        }
    }

    private void reset(int elements) {
        instances.clear();
        inState.clear();
        for (int element = 0; element < elements; element++) {
            add(element);
        }
    }

    private void add(int element) {
        TaskInstance instance = new TaskInstance(new TaskKey(run, task, element));
        instances.add(instance);
        inState.merge(instance.state(), 1, Integer::sum);
    }
}
