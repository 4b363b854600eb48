package dev.tidemark.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.store.PostgresServer;
import dev.tidemark.store.PostgresStore;
import dev.tidemark.store.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A store in a server that syncs what it commits: one of our own, or one that is there. */
final class PostgresGround implements Ground {
    private static final int CONNECTIONS = 16;
    private static final int FIRST_WITH_STATISTICS_OF_IO = 180_000;

    private final Path folder;
    private final String address;
    private final @Nullable PostgresServer server;
    private final HikariDataSource pool;

    private PostgresGround(Path folder, String address, @Nullable PostgresServer server) {
        this.folder = folder;
        this.address = address;
        this.server = server;
        URI where = URI.create(address);
        String user = Optional.ofNullable(where.getUserInfo()).orElse("postgres");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:postgresql://"
                        + where.getRawAuthority().replaceFirst("^.*@", "")
                        + where.getPath());
        config.setUsername(user.split(":", 2)[0]);
        config.setPassword(user.contains(":") ? user.split(":", 2)[1] : password());
        config.setMaximumPoolSize(CONNECTIONS);
        this.pool = new HikariDataSource(config);
    }

    private static @Nullable String password() {
        return System.getenv("PGPASSWORD");
    }

    /** A server of our own, which ends with this process. */
    static PostgresGround started(Path folder) throws IOException, SQLException {
        PostgresServer server =
                PostgresServer.start()
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "no PostgreSQL server on this machine; install one,"
                                                        + " or name one with --url"));
        return checked(new PostgresGround(folder, server.newDatabase(), server));
    }

    /** A database that is there, and empty. */
    static PostgresGround at(String address, Path folder) throws SQLException {
        return checked(new PostgresGround(folder, address, null));
    }

    private static PostgresGround checked(PostgresGround ground) throws SQLException {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            String value = ground.one("SHOW " + setting);
            if (!value.equals("on")) {
                throw new SQLException(
                        "the server has " + setting + " " + value + "; a bench needs it on");
            }
        }
        return ground;
    }

    private String one(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public String version() throws SQLException {
        return "PostgreSQL " + one("SHOW server_version") + ", fsync and synchronous_commit on";
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Store open() {
        return PostgresStore.open(address);
    }

    @Override
    public BareStore bare() throws SQLException {
        return new Bare(pool.getConnection());
    }

    @Override
    public Optional<DataSource> pool() {
        return Optional.of(pool);
    }

    /** The server counts how often it syncs its log. */
    @Override
    public OptionalLong syncsOf(Work work) throws Exception {
        long before = syncs();
        work.run();
        long told = syncs() - before;
        // A session tells of its syncs once a second: of short work perhaps not yet.
        return told == 0 ? OptionalLong.empty() : OptionalLong.of(told);
    }

    private long syncs() throws SQLException {
        boolean newer =
                Integer.parseInt(one("SHOW server_version_num")) >= FIRST_WITH_STATISTICS_OF_IO;
        // What other sessions did comes in with their next report, which they hold back a second.
        one("SELECT pg_stat_force_next_flush()");
        return Long.parseLong(
                one(
                        newer
                                ? "SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal'"
                                : "SELECT wal_sync FROM pg_stat_wal"));
    }

    @Override
    public void close() throws IOException {
        pool.close();
        if (server != null) {
            server.close();
        }
        Folders.remove(folder);
    }

    /** A whole commit in one statement and one round trip, the fastest way that was found. */
    private static final class Bare implements BareStore {
        private final Connection connection;
        private final PreparedStatement commit;

        private Bare(Connection connection) throws SQLException {
            this.connection = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS bare_tasks"
                                + " (task INTEGER PRIMARY KEY, state INTEGER NOT NULL)");
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS bare_history (seq BIGINT"
                                + " GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload TEXT)");
                statement.execute("SET plan_cache_mode = force_generic_plan");
                statement.execute("SET enable_hashjoin = off");
                statement.execute("SET enable_mergejoin = off");
                statement.execute("SET enable_seqscan = off");
            }
            commit =
                    connection.prepareStatement(
                            """
                            WITH told AS (INSERT INTO bare_history (payload)
                                          SELECT * FROM unnest(?::text[])),
                                 moved AS (UPDATE bare_tasks SET state = wanted.state + 1
                                           FROM unnest(?::integer[], ?::integer[])
                                                AS wanted (task, state)
                                           WHERE bare_tasks.task = wanted.task
                                             AND bare_tasks.state = wanted.state
                                           RETURNING 1)
                            SELECT count(*) FROM moved
                            """);
        }

        @Override
        public void fill(int tasks) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("TRUNCATE bare_tasks");
                statement.execute(
                        "INSERT INTO bare_tasks SELECT i, 0 FROM generate_series(0, "
                                + (tasks - 1)
                                + ") AS i");
            }
        }

        @Override
        public void commit(int[] tasks, int[] from) throws SQLException {
            String[] payloads = new String[tasks.length];
            Arrays.fill(payloads, PAYLOAD);
            commit.setArray(1, connection.createArrayOf("text", payloads));
            commit.setObject(2, tasks);
            commit.setObject(3, from);
            try (ResultSet row = commit.executeQuery()) {
                if (!row.next() || row.getInt(1) != tasks.length) {
                    throw new SQLException("not all tasks are where they should be");
                }
            }
        }

        @Override
        public void close() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DISCARD ALL");
            }
            connection.close();
        }
    }
}
