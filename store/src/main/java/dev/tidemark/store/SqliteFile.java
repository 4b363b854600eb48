package dev.tidemark.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Opens connections to the file of a store, and makes sure that they keep what they promise. */
final class SqliteFile {
    private static final int BUSY_TIMEOUT_MS = 10_000;
    private static final int PAGE_SIZE_BYTES = 4096;
    private static final int CACHE_SIZE_KIB = 16 * 1024;

    /** 32 MiB: a page that changes in every commit is copied back once in many of them. */
    private static final int CHECKPOINT_PAGES = 8_000;

    private static final int JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024;

    /**
     * The page size counts in a new file only, and before the journal mode. With fullfsync a Mac
     * waits for the disk, as others do anyway.
     */
    private static final List<String> TO_WRITE =
            List.of(
                    "PRAGMA busy_timeout = " + BUSY_TIMEOUT_MS,
                    "PRAGMA page_size = " + PAGE_SIZE_BYTES,
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA fullfsync = ON",
                    "PRAGMA checkpoint_fullfsync = ON",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA temp_store = MEMORY",
                    "PRAGMA cache_size = -" + CACHE_SIZE_KIB,
                    "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES,
                    "PRAGMA journal_size_limit = " + JOURNAL_LIMIT_BYTES);

    private static final List<String> TO_READ =
            List.of(
                    "PRAGMA busy_timeout = " + BUSY_TIMEOUT_MS,
                    "PRAGMA temp_store = MEMORY",
                    "PRAGMA query_only = ON");

    /** What durability and consistency hang on, read back: SQLite ignores what it cannot do. */
    private static final List<Promise> PROMISES =
            List.of(
                    new Promise("journal_mode", "wal"),
                    new Promise("synchronous", "2"),
                    new Promise("foreign_keys", "1"));

    private SqliteFile() {}

    private record Promise(String pragma, String value) {}

    /** A connection that writes: in transactions, each synced to the disk when it is committed. */
    static Connection toWrite(Path file) throws SQLException {
        Connection connection = open(file, new SQLiteConfig());
        try {
            run(connection, TO_WRITE);
            checkPromises(connection, file);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that cannot write. Each query sees what was committed when it began. */
    static Connection toRead(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        Connection connection = open(file, config);
        try {
            run(connection, TO_READ);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Loads the driver and its native library, and opens no file. */
    static void warmUp() throws SQLException {
        SqliteLibrary.useCache();
        JDBC.createConnection(JDBC.PREFIX + ":memory:", new Properties()).close();
    }

    /** Not through DriverManager, which would load the drivers of all other databases too. */
    private static Connection open(Path file, SQLiteConfig config) throws SQLException {
        SqliteLibrary.useCache();
        config.setGetGeneratedKeys(false); // They cost a query for each INSERT.
        Properties properties = config.toProperties();
        return JDBC.createConnection(JDBC.PREFIX + file.toAbsolutePath(), properties);
    }

    private static void run(Connection connection, List<String> pragmas) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                statement.execute(pragma);
            }
        }
    }

    static void checkPromises(Connection connection, Path file) throws SQLException {
        for (Promise promise : PROMISES) {
            String actual = read(connection, promise.pragma());
            if (!actual.equals(promise.value())) {
                throw new SQLException(
                        file
                                + " would not be safe: "
                                + promise.pragma()
                                + " is "
                                + actual
                                + ", not "
                                + promise.value()
                                + ". Is it on a network drive? Use a local disk");
            }
        }
    }

    private static String read(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
            return row.next() ? row.getString(1) : "nothing";
        }
    }
}
