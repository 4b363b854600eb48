package dev.tidemark.store;

import static dev.tidemark.store.Volley.ints;
import static dev.tidemark.store.Volley.longs;
import static dev.tidemark.store.Volley.texts;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes task instances and their attempts to PostgreSQL, many at once. */
final class PostgresTasks {
    private static final String COLUMNS =
            "run, task, element, token, number, state, error_class, message, started_at, ended_at";

    private static final String EXPAND_REMOVE =
            """
            DELETE FROM tasks USING unnest(?::bigint[], ?::text[]) AS it (run, task)
            WHERE tasks.run = it.run AND tasks.task = it.task
              AND tasks.element = -1 AND tasks.state = 'WAITING'
            """;
    private static final String EXPAND =
            """
            INSERT INTO tasks (run, task, element, state)
            SELECT run, task, element, 'WAITING'
            FROM unnest(?::bigint[], ?::text[], ?::int[]) AS it (run, task, elements),
                 generate_series(0, elements - 1) AS element
            """;

    /** What still runs is not waited for. Element -1: those of all elements. */
    private static final String CLEAR_STOP =
            "INSERT INTO attempts ("
                    + COLUMNS
                    + ")"
                    + """

                    SELECT run, task, tasks.element, token, started,
                           'STOPPED', NULL, ?, started_at, ?
                    FROM unnest(?::bigint[], ?::text[], ?::int[]) AS it (run, task, element)
                         JOIN tasks USING (run, task)
                    WHERE it.element IN (-1, tasks.element) AND state = 'RUNNING'
                    """;

    private static final String CLEAR_COLLAPSE =
            """
            WITH gone AS (
                DELETE FROM tasks
                USING unnest(?::bigint[], ?::text[], ?::int[]) AS it (run, task, element)
                WHERE tasks.run = it.run AND tasks.task = it.task
                  AND it.element = -1 AND tasks.element >= 0
                RETURNING tasks.run, tasks.task)
            INSERT INTO tasks (run, task, element, state)
            SELECT DISTINCT run, task, -1, 'WAITING' FROM gone
            """;

    /** Those that are no longer expanded too: they wait already. */
    private static final String CLEAR =
            """
            UPDATE tasks
            SET ended_at = CASE state WHEN 'RUNNING' THEN ? ELSE ended_at END,
                state = 'WAITING', message = '', due_at = NULL
            FROM unnest(?::bigint[], ?::text[], ?::int[]) AS it (run, task, element)
            WHERE tasks.run = it.run AND tasks.task = it.task AND tasks.element = it.element
            """;

    private static final String MOVE =
            """
            UPDATE tasks SET state = it.after, message = it.reason, due_at = NULL
            FROM unnest(?::bigint[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[])
                 AS it (run, task, element, before, after, reason)
            WHERE tasks.run = it.run AND tasks.task = it.task AND tasks.element = it.element
              AND tasks.state = it.before
            """;

    private static final String START =
            """
            UPDATE tasks
            SET state = 'RUNNING', started = it.number, token = it.token, message = '',
                started_at = ?, ended_at = NULL, due_at = NULL
            FROM unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::bigint[])
                 AS it (run, task, element, number, token)
            WHERE tasks.run = it.run AND tasks.task = it.task AND tasks.element = it.element
              AND tasks.state IN ('WAITING', 'QUEUED', 'RETRYING')
              AND tasks.started = it.number - 1 AND tasks.token < it.token
            """;

    /** The task goes on, and its attempt, which stood there, gets a row of its own. */
    private static final String END =
            """
            WITH ended AS (
                UPDATE tasks
                SET state = it.after, losses = losses + it.lost, message = it.message,
                    ended_at = ?, due_at = it.due
                FROM unnest(?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::text[], ?::int[],
                            ?::text[], ?::text[], ?::text[], ?::text[])
                     AS it (run, task, element, token, after, lost, message, due, state, error)
                WHERE tasks.run = it.run AND tasks.task = it.task AND tasks.element = it.element
                  AND tasks.state = 'RUNNING' AND tasks.token = it.token
                RETURNING tasks.run, tasks.task, tasks.element, tasks.token, tasks.started,
                          it.state, it.error, it.message, tasks.started_at, tasks.ended_at)
            INSERT INTO attempts (\
            """
                    + COLUMNS
                    + ") SELECT * FROM ended";

    private static final String LATE =
            """
            UPDATE attempts SET late = it.state
            FROM unnest(?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::text[])
                 AS it (run, task, element, token, state)
            WHERE attempts.run = it.run AND attempts.task = it.task
              AND attempts.element = it.element AND attempts.token = it.token
            """;

    /** The task instances of a run, in the order of its graph. */
    static final String OF_RUN =
            """
            SELECT tasks.*
            FROM runs
            JOIN pipeline_tasks AS defined USING (pipeline, version)
            JOIN tasks ON tasks.run = runs.run AND tasks.task = defined.task
            WHERE runs.run = ?
            ORDER BY defined.place, tasks.element
            """;

    private PostgresTasks() {}

    static void expand(Volley volley, List<Change.TaskExpanded> them) {
        long[] runs = longs(them, Change.TaskExpanded::run);
        @Nullable String[] tasks = texts(them, Change.TaskExpanded::task);
        volley.exactly(them.size(), EXPAND_REMOVE, runs, tasks);
        volley.add(EXPAND, runs, tasks, ints(them, Change.TaskExpanded::elements));
    }

    static void clear(Volley volley, List<Change.TaskCleared> them, String at) {
        long[] runs = longs(them, it -> it.task().run());
        @Nullable String[] tasks = texts(them, it -> it.task().task());
        int[] elements = ints(them, it -> it.task().element());
        volley.add(CLEAR_STOP, AttemptEnd.CLEARED, at, runs, tasks, elements);
        volley.add(CLEAR_COLLAPSE, runs, tasks, elements);
        volley.exactly(them.size(), CLEAR, at, runs, tasks, elements);
    }

    static void move(Volley volley, List<Change.TaskMoved> them) {
        volley.exactly(
                them.size(),
                MOVE,
                longs(them, it -> it.task().run()),
                texts(them, it -> it.task().task()),
                ints(them, it -> it.task().element()),
                texts(them, it -> it.from().name()),
                texts(them, it -> it.to().name()),
                texts(them, it -> PostgresText.encode(it.reason())));
    }

    static void start(Volley volley, List<Change.AttemptStarted> them, String at) {
        volley.exactly(
                them.size(),
                START,
                at,
                longs(them, it -> it.task().run()),
                texts(them, it -> it.task().task()),
                ints(them, it -> it.task().element()),
                ints(them, Change.AttemptStarted::number),
                longs(them, Change.AttemptStarted::token));
    }

    static void end(Volley volley, List<Change.AttemptEnded> them, String at) {
        volley.exactly(
                them.size(),
                END,
                at,
                longs(them, it -> it.task().run()),
                texts(them, it -> it.task().task()),
                ints(them, it -> it.task().element()),
                longs(them, Change.AttemptEnded::token),
                texts(them, it -> it.to().name()),
                ints(them, it -> it.outcome() instanceof Outcome.Lost ? 1 : 0),
                texts(them, it -> PostgresText.encode(AttemptView.said(it.outcome()))),
                texts(them, it -> it.to() == TaskState.RETRYING ? Instants.text(it.due()) : null),
                texts(them, it -> AttemptState.of(it.outcome()).name()),
                texts(
                        them,
                        it ->
                                AttemptView.Status.of(it.outcome())
                                        .errorClass()
                                        .map(ErrorClass::name)
                                        .orElse(null)));
    }

    /** There may be no such attempt: anybody can tell anything. */
    static void late(Volley volley, List<Change.LateResult> them) {
        volley.add(
                LATE,
                longs(them, it -> it.task().run()),
                texts(them, it -> it.task().task()),
                ints(them, it -> it.task().element()),
                longs(them, Change.LateResult::token),
                texts(them, it -> AttemptState.of(it.outcome()).name()));
    }
}
