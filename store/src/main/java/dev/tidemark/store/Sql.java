package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL over one connection. Each statement is prepared once, so the texts must come from a
 * fixed set. Used by one thread at a time.
 */
final class Sql implements AutoCloseable {
    private static final int ROWS_AT_A_TIME = 1_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Makes something of a row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** How many rows were changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** Changes as many rows as there are. */
    void execute(String sql, @Nullable Object... values) throws SQLException {
        bound(sql, values).executeUpdate();
    }

    /** Changes the one row that is as the change expects it. */
    void one(Change change, String sql, @Nullable Object... values) throws SQLException {
        if (bound(sql, values).executeUpdate() != 1) {
            throw Disagreement.about(change);
        }
    }

    <T> List<T> list(RowReader<T> reader, String sql, @Nullable Object... values)
            throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    /** Takes what a row says. */
    @FunctionalInterface
    interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    /** Reads rows one after the other, however many there are. */
    void each(RowTaker taker, String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = bound(sql, values);
        statement.setFetchSize(ROWS_AT_A_TIME);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                taker.take(rows);
            }
        }
    }

    <T> Optional<T> first(RowReader<T> reader, String sql, @Nullable Object... values)
            throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /** The number in the first column of the first row; 0 where that is null. */
    long number(String sql) throws SQLException {
        return first(row -> row.getLong(1), sql).orElse(0L);
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** After an error: the driver closes a statement that failed, and does not say which. */
    void prepareAnew(Exception because) {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                because.addSuppressed(e);
            }
        }
        statements.clear();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
