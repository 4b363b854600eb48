package dev.tidemark.store;

import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Task instances that came into being in this turn. Their rows are written at its end, as what they
 * have become by then: most wait for a slot or run already, and each is written once.
 */
final class NewTasks {
    /** Instances that wait alike: elements from one to another of a task. */
    private static final String WAITING =
            """
            INSERT INTO tasks (run, task, element, state, message)
            WITH RECURSIVE elements (element) AS (
                SELECT ?5 UNION ALL SELECT element + 1 FROM elements WHERE element < ?6)
            SELECT ?1, ?2, element, ?3, ?4 FROM elements
            """;

    private static final String ONE_WAITING =
            "INSERT INTO tasks (run, task, element, state, message) VALUES (?1, ?2, ?5, ?3, ?4)";

    private static final String STARTED =
            """
            INSERT INTO tasks (run, task, element, state, started, token, started_at, attempt)
            VALUES (?, ?, ?, 'RUNNING', ?, ?, ?, 'RUNNING')
            """;

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

        /** Whether the other one is the next element of the same task, and waits alike. */
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

    void add(TaskKey key) {
        rows.put(key, new Row(key));
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

    /** Writes all that are here. */
    void write(Sql sql, String at) throws SQLException {
        List<Row> all = new ArrayList<>(rows.values());
        rows.clear();
        for (int i = 0; i < all.size(); i++) {
            Row first = all.get(i);
            TaskKey key = first.key;
            Change.AttemptStarted start = first.start;
            if (start != null) {
                sql.execute(
                        STARTED,
                        key.run(),
                        key.task(),
                        key.element(),
                        start.number(),
                        start.token(),
                        at);
                continue;
            }
            while (i + 1 < all.size() && all.get(i).isFollowedBy(all.get(i + 1))) {
                i++;
            }
            String state = first.state.name();
            int last = all.get(i).key.element();
            if (last == key.element()) {
                sql.execute(ONE_WAITING, key.run(), key.task(), state, first.message, last);
            } else {
                sql.execute(
                        WAITING, key.run(), key.task(), state, first.message, key.element(), last);
            }
        }
    }
}
