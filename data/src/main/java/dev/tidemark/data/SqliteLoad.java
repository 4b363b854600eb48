package dev.tidemark.data;

import dev.tidemark.Schema;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batched inserts, one transaction a batch. The rows wait in memory meanwhile, so that a slow
 * source does not keep everyone else from writing.
 */
final class SqliteLoad implements Dialect.Load {
    private static final int BATCH_ROWS = 10_000;

    private final Session session;
    private final String insert;
    private final List<@Nullable Object[]> batch = new ArrayList<>();

    SqliteLoad(Session session, String table, Schema schema) {
        Dialect dialect = session.dialect();
        this.session = session;
        this.insert =
                "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                dialect.quoted(table),
                                dialect.quoted(schema.names()),
                                String.join(", ", Collections.nCopies(schema.size(), "?")));
    }

    @Override
    public void add(@Nullable Object... values) throws SQLException {
        batch.add(values);
        if (batch.size() == BATCH_ROWS) {
            finish();
        }
    }

    @Override
    public void finish() throws SQLException {
        if (!batch.isEmpty()) {
            var _ = session.transaction(this::insertAll);
            batch.clear();
        }
    }

    private long insertAll() throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(insert)) {
            for (@Nullable Object[] values : batch) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, session.dialect().bound(values[i]));
                }
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }

    @Override
    public void close() {
        batch.clear();
    }
}
