package dev.tidemark.store;

import static dev.tidemark.store.Volley.ints;
import static dev.tidemark.store.Volley.longs;
import static dev.tidemark.store.Volley.texts;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes task instances and their attempts to PostgreSQL, many at once. */
final class PostgresTasks {
    /** Keeps the attempts that stand in rows of tasks; a FROM has to follow. */
    static final String KEEP =
            """
            INSERT INTO attempts (run, task, element, token, number,
                                  state, error_class, message, late, started_at, ended_at)
            SELECT tasks.run, tasks.task, tasks.element, token, started,
                   attempt, error_class, said, late, started_at, ended_at
            """;

    /** The latest attempts of tasks that are about to start the next one. */
    private static final String KEEP_EARLIER =
            KEEP
                    + """
                    FROM unnest(?::bigint[], ?::text[], ?::int[]) AS it (run, task, element)
                         JOIN tasks USING (run, task, element)
                    """;

    private static final String EXPAND_KEEP =
            KEEP
                    + """
                    FROM unnest(?::bigint[], ?::text[]) AS it (run, task)
                         JOIN tasks USING (run, task)
                    WHERE started > 0
                    """;

    private static final String EXPAND_REMOVE =
            """
            DELETE FROM tasks USING unnest(?::bigint[], ?::text[]) AS it (run, task)
            WHERE tasks.run = it.run AND tasks.task = it.task
              AND tasks.element = -1 AND tasks.state = 'WAITING'
            """;
    private static final String CREATE =
            """
            INSERT INTO tasks (run, task, element, state, message,
                               started, token, started_at, attempt)
            SELECT run, task, element, state, message, started, token,
                   CASE WHEN started > 0 THEN ? END, CASE WHEN started > 0 THEN 'RUNNING' END
            FROM unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::text[], ?::text[],
                        ?::int[], ?::bigint[])
                     AS it (run, task, first, last, state, message, started, token),
                 generate_series(first, last) AS element
            """;

    /** What still runs is not waited for. Element -1: those of all elements. */
    private static final String CLEAR_STOP =
            """
            UPDATE tasks SET attempt = 'STOPPED', said = ?, ended_at = ?
            FROM unnest(?::bigint[], ?::text[], ?::int[]) AS it (run, task, element)
            WHERE tasks.run = it.run AND tasks.task = it.task
              AND it.element IN (-1, tasks.element) AND tasks.state = 'RUNNING'
            """;

    private static final String CLEAR_KEEP =
            KEEP
                    + """
                    FROM unnest(?::bigint[], ?::text[], ?::int[]) AS it (run, task, element)
                         JOIN tasks USING (run, task)
                    WHERE it.element = -1 AND tasks.element >= 0 AND started > 0
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
            UPDATE tasks SET state = 'WAITING', message = '', due_at = NULL
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
                started_at = ?, ended_at = NULL, due_at = NULL,
                attempt = 'RUNNING', error_class = NULL, said = '', late = NULL
            FROM unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::bigint[])
                 AS it (run, task, element, number, token)
            WHERE tasks.run = it.run AND tasks.task = it.task AND tasks.element = it.element
              AND tasks.state IN ('WAITING', 'QUEUED', 'RETRYING')
              AND tasks.started = it.number - 1 AND tasks.token < it.token
            """;

    private static final String END =
            """
            UPDATE tasks
            SET state = it.after, losses = losses + it.lost, message = it.message,
                ended_at = ?, due_at = it.due,
                attempt = it.state, error_class = it.error, said = it.message, late = NULL
            FROM unnest(?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::text[], ?::int[],
                        ?::text[], ?::text[], ?::text[], ?::text[])
                 AS it (run, task, element, token, after, lost, message, due, state, error)
            WHERE tasks.run = it.run AND tasks.task = it.task AND tasks.element = it.element
              AND tasks.state = 'RUNNING' AND tasks.token = it.token
            """;

    private static final String LATE_OF_LATEST =
            """
            UPDATE tasks SET late = it.state
            FROM unnest(?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::text[])
                 AS it (run, task, element, token, state)
            WHERE tasks.run = it.run AND tasks.task = it.task AND tasks.element = it.element
              AND tasks.token = it.token
            """;

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

    /** Where in the graph of its run a task stands, and the last of all. */
    private static final String PLACES =
            """
            SELECT min(place) FILTER (WHERE task = ?) AS place, max(place) AS last
            FROM runs JOIN pipeline_tasks USING (pipeline, version)
            WHERE run = ?
            """;

    /**
     * Tasks that are looked through at first, and twice as many each time that they do not fill the
     * page. The server may sort all that it finds in them before it shows the first, so they must
     * be few; and many when hardly any task has an instance to show.
     */
    private static final int FIRST_TASKS = 16;

    private static final String GRAPH =
            """
            SELECT task FROM runs JOIN pipeline_tasks USING (pipeline, version)
            WHERE run = ? ORDER BY place
            """;

    private PostgresTasks() {}

    /** Some tasks of a graph, which come one after the other. */
    record Places(int first, int last) {
        private static Places read(ResultSet row) throws SQLException {
            int first = row.getInt("place");
            boolean isUnknown = row.wasNull();
            return new Places(isUnknown ? NOWHERE : first, row.getInt("last"));
        }

        private static final int NOWHERE = -1;
    }

    /**
     * Instances of some tasks of a run. Of each task no more are looked up than can be shown.
     *
     * @param filter what is asked of a task and of an instance
     */
    static String page(TaskFilter filter) {
        return """
        SELECT shown.*
        FROM runs
        JOIN pipeline_tasks AS defined USING (pipeline, version)
        CROSS JOIN LATERAL (
            SELECT * FROM tasks
            WHERE tasks.run = runs.run AND tasks.task = defined.task
              AND element > CASE defined.task WHEN ? THEN ? ELSE -2 END
              %s
            ORDER BY element LIMIT ?) AS shown
        WHERE runs.run = ? AND defined.place BETWEEN ? AND ?
          %s
        ORDER BY defined.place, shown.element LIMIT ?
        """
                .formatted(
                        filter.state().isPresent() ? "AND state = ?" : "",
                        filter.task().isPresent() ? "AND defined.task = ?" : "");
    }

    /** What {@link #page} is asked with. */
    static Object[] values(long run, Places places, TaskFilter filter) {
        List<Object> values = new ArrayList<>();
        values.add(filter.after().map(TaskFilter.Place::task).orElse(""));
        values.add(filter.after().map(TaskFilter.Place::element).orElse(TaskFilter.BEFORE_ALL));
        filter.state().ifPresent(only -> values.add(only.name()));
        values.addAll(List.of(filter.limit(), run, places.first(), places.last()));
        filter.task().ifPresent(values::add);
        values.add(filter.limit());
        return values.toArray();
    }

    /** Empty where the page is to begin after a task that the run does not have. */
    static Optional<List<TaskView>> show(Sql sql, long run, TaskFilter filter) throws SQLException {
        String from = filter.after().map(TaskFilter.Place::task).orElse("");
        Places all = sql.first(Places::read, PLACES, from, run).orElseThrow();
        if (filter.after().isPresent() && all.first() == Places.NOWHERE) {
            return Optional.empty();
        }
        List<TaskView> page = new ArrayList<>();
        int first = Math.max(0, all.first());
        int tasks = filter.task().isPresent() ? all.last() + 1 : FIRST_TASKS;
        while (page.size() < filter.limit() && first <= all.last()) {
            TaskFilter rest = filter.limit(filter.limit() - page.size());
            Places places = new Places(first, first + tasks - 1);
            page.addAll(sql.list(TaskTable::view, page(rest), values(run, places, rest)));
            first += tasks;
            tasks *= 2;
        }
        return Optional.of(page);
    }

    static List<TaskCounts> counts(Sql sql, long run) throws SQLException {
        return TaskTable.counts(sql, sql.list(row -> row.getString("task"), GRAPH, run), run);
    }

    /** Makes room for the elements of tasks. */
    static void expand(Volley volley, List<Change.TaskExpanded> them) {
        long[] runs = longs(them, Change.TaskExpanded::run);
        @Nullable String[] tasks = texts(them, Change.TaskExpanded::task);
        volley.add(EXPAND_KEEP, runs, tasks);
        volley.exactly(them.size(), EXPAND_REMOVE, runs, tasks);
    }

    /** Writes instances that came in this turn, as what they have become by now. */
    static void create(Volley volley, List<NewTasks.Range> them, String at) {
        volley.add(
                CREATE,
                at,
                longs(them, NewTasks.Range::run),
                texts(them, NewTasks.Range::task),
                ints(them, NewTasks.Range::first),
                ints(them, NewTasks.Range::last),
                texts(them, it -> it.state().name()),
                texts(them, it -> PostgresText.encode(it.message())),
                ints(them, it -> it.start() == null ? 0 : it.start().number()),
                longs(them, it -> it.start() == null ? 0 : it.start().token()));
    }

    static void clear(Volley volley, List<Change.TaskCleared> them, String at) {
        long[] runs = longs(them, it -> it.task().run());
        @Nullable String[] tasks = texts(them, it -> it.task().task());
        int[] elements = ints(them, it -> it.task().element());
        volley.add(CLEAR_STOP, AttemptEnd.CLEARED, at, runs, tasks, elements);
        volley.add(CLEAR_KEEP, runs, tasks, elements);
        volley.add(CLEAR_COLLAPSE, runs, tasks, elements);
        volley.exactly(them.size(), CLEAR, runs, tasks, elements);
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
        List<Change.AttemptStarted> again = them.stream().filter(it -> it.number() > 1).toList();
        if (!again.isEmpty()) {
            volley.exactly(
                    again.size(),
                    KEEP_EARLIER,
                    longs(again, it -> it.task().run()),
                    texts(again, it -> it.task().task()),
                    ints(again, it -> it.task().element()));
        }
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
        long[] runs = longs(them, it -> it.task().run());
        @Nullable String[] tasks = texts(them, it -> it.task().task());
        int[] elements = ints(them, it -> it.task().element());
        long[] tokens = longs(them, Change.LateResult::token);
        @Nullable String[] states = texts(them, it -> AttemptState.of(it.outcome()).name());
        volley.add(LATE_OF_LATEST, runs, tasks, elements, tokens, states);
        volley.add(LATE, runs, tasks, elements, tokens, states);
    }
}
