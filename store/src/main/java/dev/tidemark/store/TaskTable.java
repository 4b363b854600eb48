package dev.tidemark.store;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Task instances. */
final class TaskTable {
    /** The tasks that the version of a run has and the run lacks. */
    private static final String MISSING =
            """
            SELECT value ->> 'name'
            FROM runs JOIN pipelines USING (pipeline, version), json_each(definition, '$.tasks')
            WHERE run = ?
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
    private static final String REMOVE_UNEXPANDED =
            """
            DELETE FROM tasks
            WHERE run = ? AND task = ? AND element = -1 AND state = 'WAITING'
            """;
    private static final String REMOVE_ELEMENTS =
            "DELETE FROM tasks WHERE run = ? AND task = ? AND element >= 0";
    private static final String ELEMENTS =
            "SELECT 1 FROM tasks WHERE run = ? AND task = ? AND element >= 0 LIMIT 1";
    private static final String MOVE =
            """
            UPDATE tasks SET state = ?, message = ?, due_at = NULL
            WHERE run = ? AND task = ? AND element = ? AND state = ?
            """;

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
                attempt = ?6, error_class = ?7, said = ?3, late = NULL
            WHERE run = ?8 AND task = ?9 AND element = ?10 AND state = 'RUNNING' AND token = ?11
            """;

    /** How most attempts end. There are fewer values than in {@link #END} to hand over. */
    private static final String SUCCEED =
            """
            UPDATE tasks
            SET state = 'SUCCEEDED', message = '', ended_at = ?, due_at = NULL,
                attempt = 'SUCCEEDED', error_class = NULL, said = '', late = NULL
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

    /** Elements from one to another of a task. */
    private static final String CREATE_RANGE =
            """
            INSERT INTO tasks (run, task, element, state, message)
            WITH RECURSIVE elements (element) AS (
                SELECT ?3 UNION ALL SELECT element + 1 FROM elements WHERE element < ?6)
            SELECT ?1, ?2, element, ?4, ?5 FROM elements
            """;

    /** Tasks that are not mapped; the parameter is a JSON array of their names. */
    private static final String CREATE =
            """
            INSERT INTO tasks (run, task, element, state, message)
            SELECT ?1, value, -1, ?2, ?3 FROM json_each(?4)
            """;

    private static final String CREATE_STARTED =
            """
            INSERT INTO tasks (run, task, element, state, started, token, started_at, attempt)
            VALUES (?, ?, ?, 'RUNNING', ?, ?, ?, 'RUNNING')
            """;

    /** Of one task after an element, through the key of the table. */
    private static final String AFTER =
            "SELECT * FROM tasks WHERE run = ? AND task = ? AND element > ?";

    private static final String IN_STATE = " AND state = ?";
    private static final String FIRST_ELEMENTS = " ORDER BY element LIMIT ?";

    /**
     * How the instances of each task of a run stand, in every database. A column a state: by task
     * alone, rows are grouped as the key has them, and need not be sorted by state.
     */
    static final String COUNTS =
            Stream.of(TaskState.values())
                    .map(state -> "count(*) FILTER (WHERE state = '%1$s') AS %1$s".formatted(state))
                    .collect(
                            Collectors.joining(
                                    ", ",
                                    "SELECT task, sum(started) AS started, sum(losses) AS losses, ",
                                    " FROM tasks WHERE run = ? GROUP BY task"));

    private final Sql sql;
    private final AttemptTable attempts;
    private final PipelineTable pipelines;
    private final NewTasks newOnes = new NewTasks();

    TaskTable(Sql sql, AttemptTable attempts, PipelineTable pipelines) {
        this.sql = sql;
        this.attempts = attempts;
        this.pipelines = pipelines;
    }

    /** Writes the rows that came in this turn; before anything else looks at them. */
    void writeNew(String at) throws SQLException {
        if (newOnes.isEmpty()) {
            return;
        }
        List<NewTasks.Range> ranges = newOnes.take();
        for (int i = 0; i < ranges.size(); i++) {
            NewTasks.Range it = ranges.get(i);
            Change.AttemptStarted start = it.start();
            String state = it.state().name();
            if (start != null) {
                sql.execute(
                        CREATE_STARTED,
                        it.run(),
                        it.task(),
                        it.first(),
                        start.number(),
                        start.token(),
                        at);
            } else if (it.first() >= 0) {
                sql.execute(
                        CREATE_RANGE,
                        it.run(),
                        it.task(),
                        it.first(),
                        state,
                        it.message(),
                        it.last());
            } else {
                List<String> names = new ArrayList<>(List.of(it.task()));
                while (i + 1 < ranges.size() && it.isAlike(ranges.get(i + 1))) {
                    i++;
                    names.add(ranges.get(i).task());
                }
                sql.execute(CREATE, it.run(), state, it.message(), Json.texts(names));
            }
        }
    }

    void create(Change.RunCreated it) throws SQLException {
        for (String task : pipelines.tasks(it.identity().pipeline(), it.version())) {
            newOnes.add(new TaskKey(it.run(), task, TaskKey.NONE));
        }
    }

    /** Tasks of the same name stay as they are, new ones wait, those that are gone go. */
    void reopen(Change.RunReopened it, String at) throws SQLException {
        writeNew(at);
        attempts.keepGone(it.run(), at);
        sql.execute(REMOVE_GONE, it.run());
        for (String task : sql.list(row -> row.getString(1), MISSING, it.run())) {
            newOnes.add(new TaskKey(it.run(), task, TaskKey.NONE));
        }
    }

    void expand(Change.TaskExpanded it, String at) throws SQLException {
        writeNew(at);
        attempts.keep(new TaskKey(it.run(), it.task(), TaskKey.NONE));
        sql.one(it, REMOVE_UNEXPANDED, it.run(), it.task());
        newOnes.addElements(it.run(), it.task(), it.elements());
    }

    void move(Change.TaskMoved it) throws SQLException {
        TaskKey key = it.task();
        if (newOnes.has(key)) {
            newOnes.move(it);
            return;
        }
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

    /** What still runs is not waited for. */
    void clear(Change.TaskCleared it, String at) throws SQLException {
        writeNew(at);
        TaskKey key = it.task();
        attempts.stop(key, at);
        if (key.element() == TaskKey.NONE && isExpanded(key)) {
            attempts.keepAll(key);
            sql.execute(REMOVE_ELEMENTS, key.run(), key.task());
            newOnes.add(key);
        } else {
            sql.one(it, CLEAR, key.run(), key.task(), key.element());
        }
    }

    private boolean isExpanded(TaskKey key) throws SQLException {
        return sql.first(row -> true, ELEMENTS, key.run(), key.task()).isPresent();
    }

    void start(Change.AttemptStarted it, String at) throws SQLException {
        TaskKey key = it.task();
        if (newOnes.has(key)) {
            newOnes.start(it);
            return;
        }
        if (it.number() > 1) {
            attempts.keep(key);
        }
        sql.one(it, START, it.number(), it.token(), at, key.run(), key.task(), key.element());
    }

    void end(Change.AttemptEnded it, String at) throws SQLException {
        TaskKey key = it.task();
        if (newOnes.has(key)) {
            writeNew(at);
        }
        if (it.outcome() instanceof Outcome.Succeeded && it.to() == TaskState.SUCCEEDED) {
            sql.one(it, SUCCEED, at, key.run(), key.task(), key.element(), it.token());
            return;
        }
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

    void late(Change.LateResult it, String at) throws SQLException {
        if (newOnes.has(it.task())) {
            writeNew(at);
        }
        attempts.late(it);
    }

    List<TaskView> ofRun(long run) throws SQLException {
        return sql.list(TaskTable::view, OF_RUN, run);
    }

    /**
     * A page of instances. Each task is a question of its own, so that none goes beyond the page;
     * they are of one moment only within a transaction.
     */
    List<TaskView> show(RunView run, TaskFilter filter) throws SQLException {
        List<TaskView> page = new ArrayList<>();
        for (String task : filter.among(run.number(), graphOf(run))) {
            List<Object> values = new ArrayList<>();
            values.addAll(List.of(run.number(), task, filter.afterElementOf(task)));
            filter.state().ifPresent(only -> values.add(only.name()));
            values.add(filter.limit() - page.size());
            String state = filter.state().isPresent() ? IN_STATE : "";
            page.addAll(
                    sql.list(TaskTable::view, AFTER + state + FIRST_ELEMENTS, values.toArray()));
            if (page.size() == filter.limit()) {
                break;
            }
        }
        return page;
    }

    List<TaskCounts> counts(RunView run) throws SQLException {
        return counts(sql, graphOf(run), run.number());
    }

    private List<String> graphOf(RunView run) throws SQLException {
        return pipelines.tasks(run.pipeline(), run.version());
    }

    /**
     * How the instances of each task of a run stand.
     *
     * @param graph the names of its tasks, in order
     */
    static List<TaskCounts> counts(Sql sql, List<String> graph, long run) throws SQLException {
        Map<String, TaskCounts> counts =
                sql.list(TaskTable::count, COUNTS, run).stream()
                        .collect(Collectors.toMap(TaskCounts::task, Function.identity()));
        return graph.stream()
                .map(task -> counts.getOrDefault(task, TaskCounts.none(task)))
                .toList();
    }

    private static TaskCounts count(ResultSet row) throws SQLException {
        Map<TaskState, Integer> states = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            int instances = row.getInt(state.name());
            if (instances > 0) {
                states.put(state, instances);
            }
        }
        int losses = row.getInt("losses");
        return new TaskCounts(
                row.getString("task"),
                states,
                new TaskView.Tally(row.getInt("started") - losses, losses));
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
