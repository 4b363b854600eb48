package dev.tidemark.store;

import dev.tidemark.core.Answer;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Posted commands and their answers. */
final class CommandTable {
    private static final String POST =
            "INSERT INTO commands (key, command, posted_at) VALUES (?, ?, ?) ON CONFLICT DO"
                    + " NOTHING";
    private static final String ANSWER =
            "UPDATE commands SET answer = ?, answered_at = ? WHERE key = ? AND answer IS NULL";
    private static final String POSTED =
            """
            SELECT key, command, posted_at FROM commands WHERE answer IS NULL
            ORDER BY number LIMIT ?
            """;
    private static final String ANSWER_OF =
            "SELECT answer FROM commands WHERE key = ? AND answer IS NOT NULL";

    private final Sql sql;

    CommandTable(Sql sql) {
        this.sql = sql;
    }

    void post(String key, Command command, String at) throws SQLException {
        sql.execute(POST, key, CommandJson.text(command), at);
    }

    void answer(Change.CommandAnswered it, String at) throws SQLException {
        sql.one(it, ANSWER, CommandJson.text(it.answer()), at, it.key());
    }

    List<Posted> posted(int limit) throws SQLException {
        return sql.list(CommandTable::posted, POSTED, limit);
    }

    private static Posted posted(ResultSet row) throws SQLException {
        return new Posted(
                row.getString("key"),
                CommandJson.command(row.getString("command")),
                Instants.read(row, "posted_at"));
    }

    Optional<Answer> answerOf(String key) throws SQLException {
        return sql.first(row -> row.getString("answer"), ANSWER_OF, key)
                .map(text -> CommandJson.answer(JsonObject.parse(text)));
    }
}
