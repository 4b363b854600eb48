package dev.tidemark.store;

import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

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
    private static final String REMOVE_GONE =
            """
            DELETE FROM tasks
            WHERE run = ?1 AND task NOT IN (
                SELECT value ->> 'name'
                FROM runs JOIN pipelines USING (pipeline, version),
                     json_each(definition, '$.tasks')
                WHERE run = ?1)
            """;
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
    private static final String CREATE_UNEXPANDED =
            "INSERT INTO tasks (run, task, element, state) VALUES (?, ?, -1, 'WAITING')";
    private static final String MOVE =
            """
            UPDATE tasks SET state = ?, message = ?, due_at = NULL
            WHERE run = ? AND task = ? AND element = ? AND state = ?
            """;
    private static final String CLEAR =
            """
            UPDATE tasks
            SET ended_at = CASE state WHEN 'RUNNING' THEN ? ELSE ended_at END,
                state = 'WAITING', message = '', due_at = NULL
            WHERE run = ? AND task = ? AND element = ?
            """;

    /** With OR: for IN, SQLite would build a table each time. */
    private static final String START =
            """
            UPDATE tasks
            SET state = 'RUNNING', started = ?1, token = ?2, message = '',
                started_at = ?3, ended_at = NULL, due_at = NULL
            WHERE run = ?4 AND task = ?5 AND element = ?6
              AND (state = 'WAITING' OR state = 'QUEUED' OR state = 'RETRYING')
              AND started = ?1 - 1 AND token < ?2
            """;

    private static final String END =
            """
            UPDATE tasks SET state = ?, losses = losses + ?, message = ?, ended_at = ?, due_at = ?
            WHERE run = ? AND task = ? AND element = ? AND state = 'RUNNING' AND token = ?
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

    TaskTable(Sql sql) {
        this.sql = sql;
    }

    void create(Change.RunCreated it) throws SQLException {
        sql.execute(CREATE, it.run());
    }

    /** Tasks of the same name stay as they are, new ones wait, those that are gone go. */
    void reopen(Change.RunReopened it) throws SQLException {
        sql.execute(REMOVE_GONE, it.run());
        sql.execute(CREATE_MISSING, it.run());
    }

    void expand(Change.TaskExpanded it) throws SQLException {
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

    void clear(Change.TaskCleared it, String at) throws SQLException {
        TaskKey key = it.task();
        if (key.element() == TaskKey.NONE
                && sql.update(REMOVE_ELEMENTS, key.run(), key.task()) > 0) {
            sql.execute(CREATE_UNEXPANDED, key.run(), key.task());
        } else {
            sql.one(it, CLEAR, at, key.run(), key.task(), key.element());
        }
    }

    void start(Change.AttemptStarted it, String at) throws SQLException {
        TaskKey key = it.task();
        sql.one(it, START, it.number(), it.token(), at, key.run(), key.task(), key.element());
    }

    void end(Change.AttemptEnded it, String at) throws SQLException {
        TaskKey key = it.task();
        sql.one(
                it,
                END,
                it.to().name(),
                it.outcome() instanceof Outcome.Lost ? 1 : 0,
                AttemptView.said(it.outcome()),
                at,
                it.to() == TaskState.RETRYING ? Instants.text(it.due()) : null,
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
