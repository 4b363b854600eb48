package dev.tidemark.store;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Change;
import dev.tidemark.core.UnknownEffects;
import java.sql.SQLException;
import java.util.List;
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

    Optional<String> latest(String pipeline) throws SQLException {
        return sql.first(row -> row.getString("version"), LATEST, pipeline);
    }

    /** The names of the tasks of a version, in the order of its graph. For SQLite. */
    List<String> tasks(String pipeline, String version) throws SQLException {
        return names.of(sql, TASKS, pipeline, version);
    }
}
