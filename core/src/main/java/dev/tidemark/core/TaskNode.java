package dev.tidemark.core;

import java.util.ArrayList;
import java.util.List;

/**
 * A task in a run: one instance, or one for each element once a mapped task is expanded. Before
 * that, one instance with {@link TaskKey#NONE} stands for all. Owned by the thread that owns the
 * {@link State}.
 */
public final class TaskNode {
    private final long run;
    private final String task;
    private final List<TaskInstance> instances = new ArrayList<>();
    private final Counts counts = new Counts();
    private final Listener listener;
    private boolean expanded;

    /** Hears how many instances came into a state, or, where negative, left it. */
    @FunctionalInterface
    interface Listener {
        void counted(String task, TaskState state, int instances);
    }

    TaskNode(long run, String task, Listener listener) {
        this.run = run;
        this.task = task;
        this.listener = listener;
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
        return counts.of(state);
    }

    boolean isDone() {
        return counts.open() == 0;
    }

    /** Whether an instance, or with {@link TaskKey#NONE} any of them, was ever started. */
    boolean isAttempted(int element) {
        return element == TaskKey.NONE
                ? instances.stream().anyMatch(instance -> instance.started() > 0)
                : instance(element).started() > 0;
    }

    boolean wentWrong() {
        return count(TaskState.FAILED)
                        + count(TaskState.UPSTREAM_FAILED)
                        + count(TaskState.CANCELLED)
                > 0;
    }

    /** The one way to change an instance, so that the counts stay true. */
    void change(TaskInstance instance, Runnable change) {
        TaskState before = instance.state();
        change.run();
        if (instance.state() != before) {
            count(before, -1);
            count(instance.state(), 1);
        }
    }

    private void count(TaskState state, int instances) {
        counts.add(state, instances);
        listener.counted(task, state, instances);
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
        for (TaskState state : TaskState.values()) {
            count(state, -counts.of(state));
        }
        instances.clear();
        for (int element = 0; element < elements; element++) {
            add(element);
        }
    }

    private void add(int element) {
        TaskInstance instance = new TaskInstance(new TaskKey(run, task, element));
        instances.add(instance);
        count(instance.state(), 1);
    }
}
