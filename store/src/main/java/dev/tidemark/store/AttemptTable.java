package dev.tidemark.store;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attempts. The latest of a task stands in the task's own row: most tasks need one, which is then
 * one row that changes, and none that comes. A row here is of one that another followed, or whose
 * task is gone.
 */
final class AttemptTable {
    private static final String KEEP =
            """
            INSERT INTO attempts (run, task, element, token, number,
                                  state, error_class, message, late, started_at, ended_at)
            SELECT run, task, element, token, started,
                   attempt, error_class, said, late, started_at, ended_at
            FROM tasks WHERE started > 0 AND run = ?
            """;

    private static final String KEEP_ONE = KEEP + " AND task = ? AND element = ?";
    private static final String KEEP_ALL = KEEP + " AND task = ?";
    private static final String KEEP_GONE = KEEP + " AND " + TaskTable.IS_GONE;

    private static final String STOP =
            """
            UPDATE tasks SET attempt = 'STOPPED', said = ?, ended_at = ?
            WHERE state = 'RUNNING' AND run = ?
            """;

    /** Those of all elements for element -1. */
    private static final String STOP_ONE = STOP + " AND task = ? AND ? IN (-1, element)";

    private static final String STOP_GONE = STOP + " AND " + TaskTable.IS_GONE;

    private static final String LATE_OF_LATEST =
            """
            UPDATE tasks SET late = ?
            WHERE run = ? AND task = ? AND element = ? AND token = ?
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
                   attempt, error_class, said, late, started_at, ended_at
            FROM tasks WHERE run = ? AND task = ? AND started > 0
            ORDER BY element, token
            """;

    private final Sql sql;

    AttemptTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps the latest attempt of a task that is about to go, or to start the next one. */
    void keep(TaskKey key) throws SQLException {
        sql.execute(KEEP_ONE, key.run(), key.task(), key.element());
    }

    /** Keeps those of all elements of a task, which are about to go. */
    void keepAll(TaskKey key) throws SQLException {
        sql.execute(KEEP_ALL, key.run(), key.task());
    }

    /** Ends what still runs of a task, without waiting for it; before the task is cleared. */
    void stop(TaskKey key, String at) throws SQLException {
        sql.execute(STOP_ONE, AttemptEnd.CLEARED, at, key.run(), key.task(), key.element());
    }

    /** Keeps those of tasks that the run's version does not have, and ends them; before they go. */
    void keepGone(long run, String at) throws SQLException {
        sql.execute(STOP_GONE, AttemptEnd.TASK_GONE, at, run);
        sql.execute(KEEP_GONE, run);
    }

    /** There may be no such attempt: anybody can tell anything. */
    void late(Change.LateResult it) throws SQLException {
        TaskKey key = it.task();
        String state = AttemptState.of(it.outcome()).name();
        for (String place : List.of(LATE_OF_LATEST, LATE)) {
            sql.execute(place, state, key.run(), key.task(), key.element(), it.token());
        }
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
