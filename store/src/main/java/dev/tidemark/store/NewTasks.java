package dev.tidemark.store;

import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Task instances that came into being in this turn. Their rows are written as what they have become
 * in it: most wait for a slot or run already, and each is written once.
 */
final class NewTasks {
    private final Map<TaskKey, Row> rows = new LinkedHashMap<>();

    /** An instance, and what became of it. */
    private static final class Row {
        private final TaskKey key;
        private TaskState state = TaskState.WAITING;
        private String message = "";
        private Change.@Nullable AttemptStarted start;

        private Row(TaskKey key) {
            this.key = key;
        }

        /** Whether the other one is the next element of the same task, and stands alike. */
        private boolean isFollowedBy(Row other) {
            return start == null
                    && other.start == null
                    && other.state == state
                    && other.key.element() == key.element() + 1
                    && other.key.task().equals(key.task())
                    && other.key.run() == key.run()
                    && other.message.equals(message);
        }
    }

    /**
     * Instances of a task that stand alike.
     *
     * @param key of the first
     * @param last the last element, {@link TaskKey#NONE} for one that is not mapped
     * @param start of the one that runs; null where they do not
     */
    record Range(
            TaskKey key,
            int last,
            TaskState state,
            String message,
            Change.@Nullable AttemptStarted start) {
        long run() {
            return key.run();
        }

        String task() {
            return key.task();
        }

        int first() {
            return key.element();
        }

        /** Whether both are instances of unmapped tasks that differ in their tasks only. */
        boolean isAlike(Range other) {
            return start == null
                    && other.start == null
                    && first() == TaskKey.NONE
                    && other.first() == TaskKey.NONE
                    && other.run() == run()
                    && other.state == state
                    && other.message.equals(message);
        }
    }

    void add(TaskKey key) {
        rows.put(key, new Row(key));
    }

    void addElements(long run, String task, int elements) {
        for (int element = 0; element < elements; element++) {
            add(new TaskKey(run, task, element));
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean has(TaskKey key) {
        return rows.containsKey(key);
    }

    /** Moves one that is here. */
    void move(Change.TaskMoved it) {
        Row row = here(it.task(), it);
        if (row.start != null || row.state != it.from()) {
            throw Disagreement.about(it);
        }
        row.state = it.to();
        row.message = it.reason();
    }

    /** Starts the first attempt of one that is here. */
    void start(Change.AttemptStarted it) {
        Row row = here(it.task(), it);
        boolean mayStart = row.state == TaskState.WAITING || row.state == TaskState.QUEUED;
        if (row.start != null || !mayStart || it.number() != 1 || it.token() <= 0) {
            throw Disagreement.about(it);
        }
        row.start = it;
    }

    private Row here(TaskKey key, Change change) {
        Row row = rows.get(key);
        if (row == null) {
            throw Disagreement.about(change);
        }
        return row;
    }

    /** Takes all out, in the order in which they came. */
    List<Range> take() {
        List<Row> all = new ArrayList<>(rows.values());
        rows.clear();
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Row first = all.get(i);
            while (i + 1 < all.size() && all.get(i).isFollowedBy(all.get(i + 1))) {
                i++;
            }
            ranges.add(
                    new Range(
                            first.key,
                            all.get(i).key.element(),
                            first.start == null ? first.state : TaskState.RUNNING,
                            first.start == null ? first.message : "",
                            first.start));
        }
        return ranges;
    }
}
