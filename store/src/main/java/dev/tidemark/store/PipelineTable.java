package dev.tidemark.store;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Change;
import dev.tidemark.core.UnknownEffects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Versions of pipelines. */
final class PipelineTable {
    /** The first definition of a version stays: a version is a hash of its code. */
    private static final String REGISTER =
            """
            INSERT INTO pipelines (pipeline, version, definition, registered_at)
            VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    private static final String DEFINITION =
            "SELECT definition FROM pipelines WHERE pipeline = ? AND version = ?";

    /** A version that was never registered has no row to take. */
    private static final String VERIFY =
            """
            INSERT INTO verified_tasks (pipeline, version, task)
            SELECT pipeline, version, ? FROM pipelines WHERE pipeline = ? AND version = ?
            ON CONFLICT (pipeline, version, task) DO UPDATE SET task = excluded.task
            """;

    private static final String VERIFIED =
            "SELECT task FROM verified_tasks WHERE pipeline = ? AND version = ?";

    /** The parameter is a JSON array of arrays, each of a pipeline and a version of it. */
    private static final String REGISTERED =
            """
            SELECT pipeline, version, task FROM json_each(?) AS it
                 JOIN pipelines ON pipeline = it.value ->> 0 AND version = it.value ->> 1
                 LEFT JOIN verified_tasks USING (pipeline, version)
            """;

    private static final String LATEST =
            """
            SELECT version FROM pipelines WHERE pipeline = ?
            ORDER BY registered_at DESC, version LIMIT 1
            """;

    private static final String TASKS =
            """
            SELECT value ->> 'name' FROM pipelines, json_each(definition, '$.tasks')
            WHERE pipeline = ? AND version = ? ORDER BY json_each.key
            """;

    private final Sql sql;

    private final TaskNames names = new TaskNames();

    PipelineTable(Sql sql) {
        this.sql = sql;
    }

    void register(Change.PipelineRegistered it, String at) throws SQLException {
        sql.execute(
                REGISTER,
                it.definition().name(),
                it.version(),
                DefinitionJson.text(it.definition()),
                at);
    }

    Optional<PipelineDefinition> definition(String pipeline, String version) throws SQLException {
        Optional<PipelineDefinition> registered =
                sql.first(row -> row.getString("definition"), DEFINITION, pipeline, version)
                        .map(text -> DefinitionJson.read(JsonObject.parse(text)));
        if (registered.isEmpty()) {
            return registered;
        }
        List<String> verified = sql.list(row -> row.getString("task"), VERIFIED, pipeline, version);
        return registered.map(it -> UnknownEffects.verified(it, Set.copyOf(verified)));
    }

    void verify(Change.TasksVerified it) throws SQLException {
        for (String task : it.tasks()) {
            sql.one(it, VERIFY, task, it.pipeline(), it.version());
        }
    }

    /** Those of them that are registered, with the tasks that were verified. For SQLite. */
    Map<PipelineVersion, Set<String>> registered(Collection<PipelineVersion> versions)
            throws SQLException {
        List<String> pairs =
                versions.stream()
                        .map(it -> Json.texts(List.of(it.pipeline(), it.version())))
                        .toList();
        return registered(sql, REGISTERED, pairs.toString());
    }

    /** A row for each verified task, or one without where there is none. */
    static Map<PipelineVersion, Set<String>> registered(Sql sql, String query, Object... versions)
            throws SQLException {
        Map<PipelineVersion, Set<String>> registered = new HashMap<>();
        sql.each(
                row -> {
                    Set<String> verified =
                            registered.computeIfAbsent(version(row), _ -> new HashSet<>());
                    String task = row.getString("task");
                    if (task != null) {
                        verified.add(task);
                    }
                },
                query,
                versions);
        return registered;
    }

    static PipelineVersion version(ResultSet row) throws SQLException {
        return new PipelineVersion(row.getString("pipeline"), row.getString("version"));
    }

    Optional<String> latest(String pipeline) throws SQLException {
        return sql.first(row -> row.getString("version"), LATEST, pipeline);
    }

    /** The names of the tasks of a version, in the order of its graph. For SQLite. */
    List<String> tasks(String pipeline, String version) throws SQLException {
        return names.of(sql, TASKS, pipeline, version);
    }
}
