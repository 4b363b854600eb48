package dev.tidemark.store;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attempts that ended. The one that runs stands in its task: that saves a write an attempt. */
final class AttemptTable {
    /** Of the attempt that a task runs, with what is said of its end. */
    private static final String END_OF_TASKS =
            """
            INSERT INTO attempts (run, task, element, token, number,
                                  state, error_class, message, started_at, ended_at)
            SELECT run, task, element, token, started, ?1, ?2, ?3, started_at, ?4
            FROM tasks WHERE state = 'RUNNING' AND run = ?5
            """;

    private static final String END =
            END_OF_TASKS + " AND task = ?6 AND element = ?7 AND token = ?8";

    /** Those of all elements for element -1. */
    private static final String STOP = END_OF_TASKS + " AND task = ?6 AND ?7 IN (-1, element)";

    private static final String STOP_GONE =
            END_OF_TASKS
                    + """
                    AND task NOT IN (
                        SELECT value ->> 'name'
                        FROM runs JOIN pipelines USING (pipeline, version),
                             json_each(definition, '$.tasks')
                        WHERE run = ?5)
                    """;
    private static final String LATE =
            """
            UPDATE attempts SET late = ?
            WHERE run = ? AND task = ? AND element = ? AND token = ?
            """;
    private static final String OF_TASK =
            """
            SELECT run, task, element, token, number,
                   state, error_class, message, late, started_at, ended_at
            FROM attempts WHERE run = ? AND task = ?
            UNION ALL
            SELECT run, task, element, token, started,
                   state, NULL, '', NULL, started_at, NULL
            FROM tasks WHERE run = ? AND task = ? AND state = 'RUNNING'
            ORDER BY element, token
            """;

    private final Sql sql;

    AttemptTable(Sql sql) {
        this.sql = sql;
    }

    /** To be called before the task goes on. */
    void end(Change.AttemptEnded it, String at) throws SQLException {
        TaskKey key = it.task();
        AttemptView.Status status = AttemptView.Status.of(it.outcome());
        sql.one(
                it,
                END,
                status.state().name(),
                status.errorClass().map(ErrorClass::name).orElse(null),
                status.message(),
                at,
                key.run(),
                key.task(),
                key.element(),
                it.token());
    }

    /** Ends what still runs of a task, without waiting for it; before the task is cleared. */
    void stop(Change.TaskCleared it, String at) throws SQLException {
        TaskKey key = it.task();
        sql.execute(
                STOP,
                AttemptState.STOPPED.name(),
                null,
                AttemptEnd.CLEARED,
                at,
                key.run(),
                key.task(),
                key.element());
    }

    /** Ends what still runs of tasks that the run's version does not have; before they go. */
    void stopGone(Change.RunReopened it, String at) throws SQLException {
        sql.execute(
                STOP_GONE, AttemptState.STOPPED.name(), null, AttemptEnd.TASK_GONE, at, it.run());
    }

    /** There may be no such attempt: anybody can tell anything. */
    void late(Change.LateResult it) throws SQLException {
        TaskKey key = it.task();
        sql.execute(
                LATE,
                AttemptState.of(it.outcome()).name(),
                key.run(),
                key.task(),
                key.element(),
                it.token());
    }

    List<AttemptView> ofTask(long run, String task) throws SQLException {
        return sql.list(AttemptTable::view, OF_TASK, run, task, run, task);
    }

    private static AttemptView view(ResultSet row) throws SQLException {
        @Nullable String errorClass = row.getString("error_class");
        @Nullable String late = row.getString("late");
        return new AttemptView(
                TaskTable.key(row),
                row.getInt("number"),
                row.getLong("token"),
                new AttemptView.Status(
                        AttemptState.valueOf(row.getString("state")),
                        Optional.ofNullable(errorClass).map(ErrorClass::valueOf),
                        row.getString("message"),
                        Optional.ofNullable(late).map(AttemptState::valueOf)),
                new AttemptView.Times(
                        Instants.read(row, "started_at"), Instants.readOptional(row, "ended_at")));
    }
}
