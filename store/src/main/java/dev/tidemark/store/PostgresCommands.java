package dev.tidemark.store;

import static dev.tidemark.store.Volley.texts;

import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import java.sql.SQLException;
import java.util.List;

/** Writes posted commands and their answers to PostgreSQL. */
final class PostgresCommands {
    /** Tells whoever listens. In commits of turns that would halve their number. */
    private static final String POST =
            """
            WITH posted AS (
                INSERT INTO commands (key, command, posted_at) VALUES (?, ?, ?)
                ON CONFLICT DO NOTHING RETURNING 1)
            SELECT pg_notify(current_schema(), '') FROM posted
            """;

    /** In the session of {@link PostgresSession#toListen}, which knows its schema. */
    static final String LISTEN =
            "DO $$ BEGIN EXECUTE format('LISTEN %I', current_schema()); END $$";

    private static final String ANSWER =
            """
            UPDATE commands SET answer = it.answer, answered_at = ?
            FROM unnest(?::text[], ?::text[]) AS it (key, answer)
            WHERE commands.key = it.key AND commands.answer IS NULL
            """;

    private PostgresCommands() {}

    static void post(Sql sql, String key, Command command, String at) throws SQLException {
        sql.list(_ -> true, POST, PostgresText.encode(key), CommandJson.text(command), at);
    }

    static void answer(Volley volley, List<Change.CommandAnswered> them, String at) {
        volley.exactly(
                them.size(),
                ANSWER,
                at,
                texts(them, it -> PostgresText.encode(it.key())),
                texts(them, it -> CommandJson.text(it.answer())));
    }
}
