package dev.tidemark.store;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Task instances. */
final class TaskTable {
    /** Each task of the version that the run uses. */
    private static final String CREATE =
            """
            INSERT INTO tasks (run, task, element, state)
            SELECT run, value ->> 'name', -1, 'WAITING'
            FROM runs JOIN pipelines USING (pipeline, version), json_each(definition, '$.tasks')
            WHERE run = ?
            """;

    private static final String CREATE_MISSING =
            CREATE
                    + """
                    AND NOT EXISTS (SELECT 1 FROM tasks
                                    WHERE tasks.run = runs.run AND task = value ->> 'name')
                    """;

    /** Of a task that the version of its run does not have. */
    static final String IS_GONE =
            """
            task NOT IN (
                SELECT value ->> 'name'
                FROM runs JOIN pipelines USING (pipeline, version),
                     json_each(definition, '$.tasks')
                WHERE runs.run = tasks.run)
            """;

    private static final String REMOVE_GONE = "DELETE FROM tasks WHERE run = ? AND " + IS_GONE;
    private static final String EXPAND =
            """
            INSERT INTO tasks (run, task, element, state)
            WITH RECURSIVE elements (element) AS (
                SELECT 0 UNION ALL SELECT element + 1 FROM elements WHERE element + 1 < ?3)
            SELECT ?1, ?2, element, 'WAITING' FROM elements WHERE ?3 > 0
            """;
    private static final String REMOVE_UNEXPANDED =
            """
            DELETE FROM tasks
            WHERE run = ? AND task = ? AND element = -1 AND state = 'WAITING'
            """;
    private static final String REMOVE_ELEMENTS =
            "DELETE FROM tasks WHERE run = ? AND task = ? AND element >= 0";
    private static final String ELEMENTS =
            "SELECT 1 FROM tasks WHERE run = ? AND task = ? AND element >= 0 LIMIT 1";
    private static final String CREATE_UNEXPANDED =
            "INSERT INTO tasks (run, task, element, state) VALUES (?, ?, -1, 'WAITING')";
    private static final String MOVE =
            """
            UPDATE tasks SET state = ?, message = ?, due_at = NULL
            WHERE run = ? AND task = ? AND element = ? AND state = ?
            """;

    /**
     * Of many at once: a JSON array of [run, task, first element, last element]. Also the run comes
     * from there: were it a parameter, SQLite would go through the tasks of the run for each item.
     */
    static final String MOVE_ALIKE =
            """
            UPDATE tasks SET state = ?1, message = ?2, due_at = NULL
            FROM json_each(?3) AS it
            WHERE tasks.run = it.value ->> 0 AND tasks.task = it.value ->> 1
              AND tasks.element BETWEEN it.value ->> 2 AND it.value ->> 3 AND tasks.state = ?4
            """;

    private static final String STATE =
            "SELECT state FROM tasks WHERE run = ? AND task = ? AND element = ?";
    private static final String CLEAR =
            """
            UPDATE tasks SET state = 'WAITING', message = '', due_at = NULL
            WHERE run = ? AND task = ? AND element = ?
            """;

    /** With OR: for IN, SQLite would build a table each time. */
    private static final String START =
            """
            UPDATE tasks
            SET state = 'RUNNING', started = ?1, token = ?2, message = '',
                started_at = ?3, ended_at = NULL, due_at = NULL,
                attempt = 'RUNNING', error_class = NULL, said = '', late = NULL
            WHERE run = ?4 AND task = ?5 AND element = ?6
              AND (state = 'WAITING' OR state = 'QUEUED' OR state = 'RETRYING')
              AND started = ?1 - 1 AND token < ?2
            """;

    private static final String END =
            """
            UPDATE tasks
            SET state = ?1, losses = losses + ?2, message = ?3, ended_at = ?4, due_at = ?5,
                attempt = ?6, error_class = ?7, said = ?3
            WHERE run = ?8 AND task = ?9 AND element = ?10 AND state = 'RUNNING' AND token = ?11
            """;

    /** In the order of the graph. CROSS JOIN fixes the order of loops in SQLite. */
    private static final String OF_RUN =
            """
            SELECT tasks.*
            FROM runs
            CROSS JOIN pipelines USING (pipeline, version)
            CROSS JOIN json_each(definition, '$.tasks') AS defined
            CROSS JOIN tasks ON tasks.run = runs.run AND tasks.task = defined.value ->> 'name'
            WHERE runs.run = ?
            ORDER BY defined.key, tasks.element
            """;

    private final Sql sql;
    private final AttemptTable attempts;

    TaskTable(Sql sql, AttemptTable attempts) {
        this.sql = sql;
        this.attempts = attempts;
    }

    void create(Change.RunCreated it) throws SQLException {
        sql.execute(CREATE, it.run());
    }

    /** Tasks of the same name stay as they are, new ones wait, those that are gone go. */
    void reopen(Change.RunReopened it, String at) throws SQLException {
        attempts.keepGone(it.run(), at);
        sql.execute(REMOVE_GONE, it.run());
        sql.execute(CREATE_MISSING, it.run());
    }

    void expand(Change.TaskExpanded it) throws SQLException {
        attempts.keep(new TaskKey(it.run(), it.task(), TaskKey.NONE));
        sql.one(it, REMOVE_UNEXPANDED, it.run(), it.task());
        sql.execute(EXPAND, it.run(), it.task(), it.elements());
    }

    void move(Change.TaskMoved it) throws SQLException {
        TaskKey key = it.task();
        sql.one(
                it,
                MOVE,
                it.to().name(),
                it.reason(),
                key.run(),
                key.task(),
                key.element(),
                it.from().name());
    }

    /** Moves that differ in their tasks only. */
    void moveAlike(List<Change.TaskMoved> them) throws SQLException {
        Change.TaskMoved first = them.getFirst();
        int moved =
                sql.update(
                        MOVE_ALIKE,
                        first.to().name(),
                        first.reason(),
                        ranges(them),
                        first.from().name());
        if (moved != them.size()) {
            throw Disagreement.about(misfit(them));
        }
    }

    private static String ranges(List<Change.TaskMoved> them) {
        return Json.array(
                json -> {
                    for (int i = 0; i < them.size(); i++) {
                        TaskKey first = them.get(i).task();
                        int last = first.element();
                        while (i + 1 < them.size()
                                && isElement(them.get(i + 1).task(), first.task(), last + 1)) {
                            i++;
                            last++;
                        }
                        json.writeStartArray();
                        json.writeNumber(first.run());
                        json.writeString(first.task());
                        json.writeNumber(first.element());
                        json.writeNumber(last);
                        json.writeEndArray();
                    }
                });
    }

    private static boolean isElement(TaskKey key, String task, int element) {
        return key.element() == element && key.task().equals(task);
    }

    private Change misfit(List<Change.TaskMoved> them) throws SQLException {
        for (Change.TaskMoved it : them) {
            TaskKey key = it.task();
            Optional<String> state =
                    sql.first(row -> row.getString(1), STATE, key.run(), key.task(), key.element());
            if (!state.equals(Optional.of(it.to().name()))) {
                return it;
            }
        }
        return them.getLast(); // It moves one twice.
    }

    /** What still runs is not waited for. */
    void clear(Change.TaskCleared it, String at) throws SQLException {
        TaskKey key = it.task();
        attempts.stop(key, at);
        if (key.element() == TaskKey.NONE && isExpanded(key)) {
            attempts.keepAll(key);
            sql.execute(REMOVE_ELEMENTS, key.run(), key.task());
            sql.execute(CREATE_UNEXPANDED, key.run(), key.task());
        } else {
            sql.one(it, CLEAR, key.run(), key.task(), key.element());
        }
    }

    private boolean isExpanded(TaskKey key) throws SQLException {
        return sql.first(row -> true, ELEMENTS, key.run(), key.task()).isPresent();
    }

    void start(Change.AttemptStarted it, String at) throws SQLException {
        TaskKey key = it.task();
        if (it.number() > 1) {
            attempts.keep(key);
        }
        sql.one(it, START, it.number(), it.token(), at, key.run(), key.task(), key.element());
    }

    void end(Change.AttemptEnded it, String at) throws SQLException {
        TaskKey key = it.task();
        AttemptView.Status status = AttemptView.Status.of(it.outcome());
        sql.one(
                it,
                END,
                it.to().name(),
                it.outcome() instanceof Outcome.Lost ? 1 : 0,
                status.message(),
                at,
                it.to() == TaskState.RETRYING ? Instants.text(it.due()) : null,
                status.state().name(),
                status.errorClass().map(ErrorClass::name).orElse(null),
                key.run(),
                key.task(),
                key.element(),
                it.token());
    }

    List<TaskView> ofRun(long run) throws SQLException {
        return sql.list(TaskTable::view, OF_RUN, run);
    }

    static TaskView view(ResultSet row) throws SQLException {
        int losses = row.getInt("losses");
        return new TaskView(
                key(row),
                TaskState.valueOf(row.getString("state")),
                new TaskView.Tally(row.getInt("started") - losses, losses),
                row.getString("message"),
                new TaskView.LatestAttempt(
                        row.getLong("token"),
                        Instants.readOptional(row, "started_at"),
                        Instants.readOptional(row, "ended_at"),
                        Instants.readOptional(row, "due_at")));
    }

    static TaskKey key(ResultSet row) throws SQLException {
        return new TaskKey(row.getLong("run"), row.getString("task"), row.getInt("element"));
    }
}
