package dev.tidemark.bench;

import dev.tidemark.store.SqliteStore;
import dev.tidemark.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;

/** A store in a file, as in a home: with a write-ahead log, and each commit synced. */
record SqliteGround(Path folder) implements Ground {
    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public String version() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
            return "SQLite " + row.getString(1) + ", synchronous FULL";
        }
    }

    private Path file() {
        return folder.resolve("tidemark.db");
    }

    @Override
    public Store open() {
        return SqliteStore.open(file());
    }

    @Override
    public BareStore bare() throws SQLException {
        return new Bare(file());
    }

    @Override
    public Optional<DataSource> pool() {
        return Optional.empty();
    }

    /** SQLite syncs in this process, so its system calls are counted. */
    @Override
    public OptionalLong syncsOf(Work work) throws Exception {
        return SystemCalls.syncsOf(work, folder);
    }

    @Override
    public void close() throws IOException {
        Folders.remove(folder);
    }

    /** Statements that are prepared once, over one connection. */
    private static final class Bare implements BareStore {
        private final Connection connection;
        private final PreparedStatement move;
        private final PreparedStatement tell;

        private Bare(Path file) throws SQLException {
            SQLiteConfig config = new SQLiteConfig();
            config.setGetGeneratedKeys(false); // They cost a query for each INSERT.
            connection = config.createConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS bare_tasks"
                                + " (task INTEGER PRIMARY KEY, state INTEGER NOT NULL)");
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS bare_history"
                                + " (seq INTEGER PRIMARY KEY, payload TEXT NOT NULL)");
            }
            connection.setAutoCommit(false);
            move =
                    connection.prepareStatement(
                            "UPDATE bare_tasks SET state = state + 1 WHERE task = ? AND state = ?");
            tell = connection.prepareStatement("INSERT INTO bare_history (payload) VALUES (?)");
        }

        @Override
        public void fill(int tasks) throws SQLException {
            try (Statement statement = connection.createStatement();
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO bare_tasks VALUES (?, 0)")) {
                statement.executeUpdate("DELETE FROM bare_tasks");
                for (int task = 0; task < tasks; task++) {
                    insert.setInt(1, task);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
        }

        @Override
        public void commit(int[] tasks, int[] from) throws SQLException {
            for (int i = 0; i < tasks.length; i++) {
                move.setInt(1, tasks[i]);
                move.setInt(2, from[i]);
                if (move.executeUpdate() != 1) {
                    throw new SQLException("task " + tasks[i] + " is not where it should be");
                }
                tell.setString(1, PAYLOAD);
                tell.executeUpdate();
            }
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
