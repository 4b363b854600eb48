package dev.tidemark.store;

import static dev.tidemark.store.Volley.ints;
import static dev.tidemark.store.Volley.longs;
import static dev.tidemark.store.Volley.texts;

import dev.tidemark.TaskDefinition;
import dev.tidemark.core.Change;
import java.util.ArrayList;
import java.util.List;

/** Writes versions of pipelines, and runs, to PostgreSQL, many at once. */
final class PostgresRuns {
    /**
     * The first definition of a version stays, with its tasks: a version is a hash of its code.
     * What is inserted here is not seen here, so tasks come for versions that were not there
     * before.
     */
    private static final String REGISTER =
            """
            WITH made AS (
                INSERT INTO pipelines (pipeline, version, definition, registered_at)
                SELECT pipeline, version, definition, ?
                FROM unnest(?::text[], ?::text[], ?::text[]) AS it (pipeline, version, definition)
                ON CONFLICT DO NOTHING)
            INSERT INTO pipeline_tasks (pipeline, version, place, task)
            SELECT pipeline, version, place, task
            FROM unnest(?::text[], ?::text[], ?::int[], ?::text[])
                 AS it (pipeline, version, place, task)
            WHERE NOT EXISTS (SELECT 1 FROM pipelines AS old
                              WHERE old.pipeline = it.pipeline AND old.version = it.version)
            """;

    /** Those of two lists, of pipelines and of a version of each, that are registered. */
    static final String REGISTERED =
            """
            SELECT pipeline, version, task
            FROM unnest(?::text[], ?::text[]) AS it (pipeline, version)
                 JOIN pipelines USING (pipeline, version)
                 LEFT JOIN verified_tasks USING (pipeline, version)
            """;

    /** A version that was never registered has no row to take. */
    private static final String VERIFY =
            """
            INSERT INTO verified_tasks (pipeline, version, task)
            SELECT pipeline, version, task
            FROM pipelines JOIN unnest(?::text[], ?::text[], ?::text[])
                                AS it (pipeline, version, task) USING (pipeline, version)
            ON CONFLICT (pipeline, version, task) DO UPDATE SET task = excluded.task
            """;

    private static final String CREATE =
            """
            INSERT INTO runs (run, pipeline, name, parameters, interval_start, interval_end,
                              version, state, try, backfill, created_at)
            SELECT run, pipeline, name, parameters, interval_start, interval_end,
                   version, 'QUEUED', 1, nullif(backfill, 0), ?
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::bigint[])
                 AS it (run, pipeline, name, parameters, interval_start, interval_end,
                        version, backfill)
            """;

    /** The names of a version's tasks, in the order of its graph. */
    static final String TASKS =
            "SELECT task FROM pipeline_tasks WHERE pipeline = ? AND version = ? ORDER BY place";

    /** The same of a list of pipelines, and one of a version of each. */
    static final String TASKS_OF_MANY =
            """
            SELECT pipeline, version, task
            FROM unnest(?::text[], ?::text[]) AS it (pipeline, version)
                 JOIN pipeline_tasks USING (pipeline, version)
            ORDER BY place
            """;

    private static final String CREATE_MISSING_TASKS =
            """
            INSERT INTO tasks (run, task, element, state)
            SELECT run, task, -1, 'WAITING'
            FROM unnest(?::bigint[]) AS it (run)
                 JOIN runs USING (run) JOIN pipeline_tasks USING (pipeline, version)
            WHERE NOT EXISTS (SELECT 1 FROM tasks AS old
                              WHERE old.run = runs.run AND old.task = pipeline_tasks.task)
            """;

    private static final String IS_GONE =
            """
            tasks.run = it.run AND NOT EXISTS (
                SELECT 1 FROM runs JOIN pipeline_tasks AS defined USING (pipeline, version)
                WHERE runs.run = tasks.run AND defined.task = tasks.task)
            """;

    private static final String STOP_GONE_TASKS =
            """
            UPDATE tasks SET attempt = 'STOPPED', said = ?, ended_at = ?
            FROM unnest(?::bigint[]) AS it (run)
            WHERE state = 'RUNNING'
            """
                    + " AND "
                    + IS_GONE;

    private static final String KEEP_GONE_ATTEMPTS =
            PostgresTasks.KEEP
                    + "FROM tasks, unnest(?::bigint[]) AS it (run) WHERE started > 0 AND "
                    + IS_GONE;

    private static final String REMOVE_GONE_TASKS =
            "DELETE FROM tasks USING unnest(?::bigint[]) AS it (run) WHERE " + IS_GONE;

    private static final String MOVE =
            """
            UPDATE runs
            SET state = it.after,
                started_at = CASE it.after WHEN 'RUNNING' THEN coalesce(runs.started_at, ?)
                                           ELSE runs.started_at END,
                ended_at = it.ended_at
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
                 AS it (run, before, after, ended_at)
            WHERE runs.run = it.run AND runs.state = it.before
            """;

    private static final String REOPEN =
            """
            UPDATE runs
            SET state = 'QUEUED', version = it.version, backfill = nullif(it.backfill, 0),
                try = it.try, started_at = CASE runs.try WHEN it.try THEN runs.started_at END,
                ended_at = NULL
            FROM unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[])
                 AS it (run, try, version, backfill)
            WHERE runs.run = it.run AND runs.try IN (it.try, it.try - 1)
            """;

    private PostgresRuns() {}

    private record Defined(Change.PipelineRegistered by, int place, TaskDefinition task) {}

    static void register(Volley volley, List<Change.PipelineRegistered> them, String at) {
        List<Defined> tasks = new ArrayList<>();
        for (Change.PipelineRegistered it : them) {
            for (TaskDefinition task : it.definition().tasks()) {
                tasks.add(new Defined(it, tasks.size(), task));
            }
        }
        volley.add(
                REGISTER,
                at,
                texts(them, it -> it.definition().name()),
                texts(them, Change.PipelineRegistered::version),
                texts(them, it -> DefinitionJson.text(it.definition())),
                texts(tasks, it -> it.by().definition().name()),
                texts(tasks, it -> it.by().version()),
                ints(tasks, Defined::place),
                texts(tasks, it -> it.task().name()));
    }

    static void verify(Volley volley, List<Change.TasksVerified> them) {
        List<String> pipelines = new ArrayList<>();
        List<String> versions = new ArrayList<>();
        List<String> tasks = new ArrayList<>();
        for (Change.TasksVerified it : them) {
            for (String task : it.tasks()) {
                pipelines.add(it.pipeline());
                versions.add(it.version());
                tasks.add(task);
            }
        }
        volley.exactly(
                tasks.size(),
                VERIFY,
                texts(pipelines, it -> it),
                texts(versions, it -> it),
                texts(tasks, it -> it));
    }

    static void create(Volley volley, List<Change.RunCreated> them, String at) {
        volley.exactly(
                them.size(),
                CREATE,
                at,
                longs(them, Change.RunCreated::run),
                texts(them, it -> it.identity().pipeline()),
                texts(them, it -> PostgresText.encode(it.identity().name())),
                texts(them, it -> Json.parameters(it.identity().parameters())),
                texts(them, it -> Instants.text(it.identity().interval().start())),
                texts(them, it -> Instants.text(it.identity().interval().end())),
                texts(them, Change.RunCreated::version),
                longs(them, Change.RunCreated::backfill));
    }

    static void move(Volley volley, List<Change.RunMoved> them, String at) {
        volley.exactly(
                them.size(),
                MOVE,
                at,
                longs(them, Change.RunMoved::run),
                texts(them, it -> it.from().name()),
                texts(them, it -> it.to().name()),
                texts(them, it -> it.to().isFinal() ? at : null));
    }

    /** Tasks of the same name stay as they are, new ones wait, those that are gone go. */
    static void reopen(Volley volley, List<Change.RunReopened> them, String at) {
        long[] runs = longs(them, Change.RunReopened::run);
        volley.exactly(
                them.size(),
                REOPEN,
                runs,
                ints(them, Change.RunReopened::tryNumber),
                texts(them, Change.RunReopened::version),
                longs(them, Change.RunReopened::backfill));
        volley.add(STOP_GONE_TASKS, AttemptEnd.TASK_GONE, at, runs);
        volley.add(KEEP_GONE_ATTEMPTS, runs);
        volley.add(REMOVE_GONE_TASKS, runs);
        volley.add(CREATE_MISSING_TASKS, runs);
    }
}
