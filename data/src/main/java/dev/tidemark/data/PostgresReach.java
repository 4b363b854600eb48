package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A PostgreSQL server, as a connection names it. Every session of ours waits for nothing without an
 * end: not for a server, not for a lock, not for a client that stands still.
 *
 * @param name of the connection
 */
record PostgresReach(String name, PostgresConnection settings, boolean isExperiment)
        implements Reach {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** The publish of a large table is one statement. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofHours(1);

    /** Waiting longer is no use: who waits begins anew, and looks who holds the fence then. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    /**
     * A client that stands still inside a publish keeps its successor from claiming; this is
     * shorter than the successor's patience.
     */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);

    /** A reader holds no lock that a publish waits for, and its task may be slow. */
    private static final Duration IDLE_READER_TIMEOUT = Duration.ofHours(1);

    /** How soon the server stops what it does for a client that is gone. */
    private static final Duration CLIENT_CHECK = Duration.ofSeconds(10);

    /** Longer than any statement: a server that says nothing for so long is gone. */
    private static final Duration SOCKET_TIMEOUT = STATEMENT_TIMEOUT.plusSeconds(15);

    /** So many rows of a result are in memory at once. */
    private static final int FETCH_ROWS = 1_000;

    static final String SLOW_READER =
            setting("idle_in_transaction_session_timeout", IDLE_READER_TIMEOUT);

    private static final List<String> ALWAYS =
            List.of(
                    setting("statement_timeout", STATEMENT_TIMEOUT),
                    setting("lock_timeout", LOCK_TIMEOUT),
                    setting("idle_in_transaction_session_timeout", IDLE_TIMEOUT),
                    // What a query means must not hang on the machine that asks.
                    "SET TIME ZONE 'UTC'",
                    // An answer to a commit means that it is on disk.
                    """
                    SELECT set_config('synchronous_commit', 'on', false)
                    WHERE current_setting('synchronous_commit') = 'off'\
                    """,
                    """
                    SELECT set_config(name, '%d', false) FROM pg_settings
                    WHERE name = 'client_connection_check_interval'\
                    """
                            .formatted(CLIENT_CHECK.toMillis()));

    private static String setting(String name, Duration value) {
        return "SET %s = %d".formatted(name, value.toMillis());
    }

    @Override
    public Postgres dialect() {
        return new Postgres();
    }

    @Override
    public String location(TableName table) {
        String schema = table.schema().orElse(settings.schema());
        return "%s#%s.%s".formatted(settings.location(), schema, table.table());
    }

    /** An experiment would publish, and be killed, where others read. */
    @Override
    public Session open() throws SQLException {
        if (isExperiment) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    ("connection '%s' leads to %s, and an experiment does not write into a server."
                                    + " Have tidemark.yaml lead it to jdbc:duckdb:FILE or"
                                    + " jdbc:sqlite:FILE where you verify")
                            .formatted(name, settings.location()));
        }
        Session session = connect();
        try {
            Conflicts.retried(dialect(), () -> dialect().createSchema(session, settings.schema()));
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public Session openExisting(String reader) throws SQLException {
        Session session = connect();
        try {
            if (!dialect().hasSchema(session, settings.schema())) {
                throw new TidemarkException(
                        ErrorCode.INPUT_MISSING,
                        ("%s: there is no schema %s in %s yet; nothing was read. Publish into it"
                                        + " first")
                                .formatted(reader, settings.schema(), settings.location()));
            }
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Not through DriverManager, which would try the drivers of all other databases too. */
    private Session connect() throws SQLException {
        Properties properties = settings.properties();
        properties.setProperty("ApplicationName", "tidemark");
        properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("defaultRowFetchSize", Integer.toString(FETCH_ROWS));
        Connection connection = new Driver().connect(settings.jdbc(), properties);
        if (connection == null) {
            throw new SQLException(
                    "the driver does not know addresses like " + settings.location());
        }
        try (Statement statement = connection.createStatement()) {
            for (String setting : ALWAYS) {
                statement.execute(setting);
            }
            statement.execute("SET search_path = " + dialect().quoted(settings.schema()));
            return new Session(dialect(), connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
