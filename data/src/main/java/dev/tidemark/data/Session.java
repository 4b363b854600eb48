package dev.tidemark.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One open connection, with the few calls that the protocol needs. Values are always bound, names
 * always quoted. Closing it without a commit leaves nothing behind. Belongs to one thread.
 */
final class Session implements AutoCloseable {
    /** How a transaction ends well. */
    interface Commit {
        void commit(Session session) throws SQLException;
    }

    /** A piece of work that talks to the database. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /** The same without a result. */
    interface Action {
        void run() throws SQLException;
    }

    /** Makes something of the row that a result stands on. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static final Commit COMMIT = session -> session.execute("COMMIT");

    private final Dialect dialect;
    private final Connection connection;

    Session(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    Dialect dialect() {
        return dialect;
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many rows the statement touched. */
    long update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        List<T> found = all(sql, reader, values);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** For results that are small by nature. */
    <T> List<T> all(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        }
    }

    long count(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values).orElse(0L);
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** All of the work or nothing. */
    <T> T transaction(Work<T> work) throws SQLException {
        return transaction(work, COMMIT);
    }

    void transaction(Action action) throws SQLException {
        var _ =
                transaction(
                        () -> {
                            action.run();
                            return true;
                        });
    }

    <T> T transaction(Work<T> work, Commit commit) throws SQLException {
        execute(dialect.beginWriting());
        try {
            T result = work.run();
            commit.commit(this);
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    /** A database that failed to commit has often rolled back already, and says so. */
    private void rollBack(Exception because) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        dialect.disconnect(connection);
    }
}
