package dev.tidemark.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections to a server, and makes sure that they keep what they promise. */
final class PostgresSession {
    private static final int CONNECT_TIMEOUT_S = 10;
    private static final int STATEMENT_TIMEOUT_S = 30;
    private static final int LOCK_TIMEOUT_S = 10;

    /** Longer than any statement: a server that says nothing for so long is gone. */
    private static final int SOCKET_TIMEOUT_S = STATEMENT_TIMEOUT_S + 15;

    private static final List<String> ALWAYS =
            List.of(
                    "SET statement_timeout = '" + STATEMENT_TIMEOUT_S + "s'",
                    "SET lock_timeout = '" + LOCK_TIMEOUT_S + "s'",
                    "SET idle_in_transaction_session_timeout = '" + STATEMENT_TIMEOUT_S + "s'",
                    // Compiling a query takes longer than any of ours.
                    "SET jit = off");

    /**
     * Each statement is planned once, perhaps while the tables are empty, and used for ever after.
     * So the plan must be the one for full tables, and that is always the same: for each row of the
     * arrays, look it up in the index. The planner is left nothing else to choose.
     */
    private static final List<String> TO_WRITE =
            List.of(
                    "SET plan_cache_mode = force_generic_plan",
                    "SET enable_seqscan = off",
                    "SET enable_bitmapscan = off",
                    "SET enable_hashjoin = off",
                    "SET enable_mergejoin = off");

    /**
     * For what is left of a transaction that reads, the same: many rows are looked up one by one in
     * tables that hold far more, and the planner cannot know how few they are.
     */
    static final String LOOK_UP_ONE_BY_ONE =
            """
            SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;
            SET LOCAL enable_mergejoin = off
            """;

    /** What durability hangs on, and what it must not be. */
    private static final List<Promise> PROMISES =
            List.of(
                    new Promise(
                            "fsync",
                            "off",
                            "what it says it has written is gone after a power cut. Turn it on"),
                    new Promise(
                            "synchronous_commit",
                            "off",
                            "it answers before it has written. Turn it on, or set it to local for"
                                    + " this database"),
                    new Promise(
                            "transaction_read_only",
                            "on",
                            "it only reads, as one in recovery does. Use the server that writes"));

    private PostgresSession() {}

    private record Promise(String setting, String broken, String why) {}

    /** A connection that writes: in transactions, each on the server's disk when committed. */
    static Connection toWrite(PostgresAddress address) throws SQLException {
        Properties properties = common();
        properties.setProperty("targetServerType", "primary");
        // At once, and by name: see TO_WRITE.
        properties.setProperty("prepareThreshold", "1");
        Connection connection = openPrimary(address, properties);
        try {
            run(connection, ALWAYS);
            run(connection, TO_WRITE);
            checkPromises(connection, address);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Of several servers, which are read from. */
    enum From {
        /** The one that writes: others may not have yet what it has committed. */
        PRIMARY("primary"),
        /** Any, rather that one: for people who look. */
        ANY("preferPrimary");

        private final String target;

        From(String target) {
            this.target = target;
        }
    }

    /** A connection that cannot write. Each transaction sees what was committed when it began. */
    static Connection toRead(PostgresAddress address, From from) throws SQLException {
        Properties properties = common();
        properties.setProperty("targetServerType", from.target);
        properties.setProperty("readOnly", "true");
        // Planned anew each time, for the values asked for and the tables as they are.
        properties.setProperty("prepareThreshold", "0");
        Connection connection = open(address, properties);
        try {
            run(connection, ALWAYS);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that waits for what the server tells. */
    static Connection toListen(PostgresAddress address) throws SQLException {
        Properties properties = common();
        properties.setProperty("targetServerType", "primary");
        return open(address, properties);
    }

    private static Properties common() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "tidemark");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_S));
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_TIMEOUT_S));
        properties.setProperty("socketTimeout", Integer.toString(SOCKET_TIMEOUT_S));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /** Not through DriverManager, which would load the drivers of all other databases too. */
    private static Connection open(PostgresAddress address, Properties properties)
            throws SQLException {
        Connection connection = new Driver().connect(address.jdbc(), address.over(properties));
        if (connection == null) {
            throw new SQLException("the driver does not know addresses like " + address);
        }
        return connection;
    }

    private static Connection openPrimary(PostgresAddress address, Properties properties)
            throws SQLException {
        try {
            return open(address, properties);
        } catch (SQLException e) {
            // Without a cause: servers answered, and none of them was the one.
            if (PostgresErrors.isConnection(e) && e.getCause() == null) {
                refuseOthers(address, e);
            }
            throw e;
        }
    }

    /** The driver does not say what was wrong with the servers that answered. */
    private static void refuseOthers(PostgresAddress address, SQLException because)
            throws SQLException {
        try (Connection other = open(address, common())) {
            if (isStandby(other)) {
                throw new SQLException(
                        address
                                + " is a standby, which follows another server and only reads."
                                + " Name the primary; or name all of them, as host1,host2, and it"
                                + " is found, whichever it is",
                        because);
            }
            checkPromises(other, address);
        }
    }

    private static boolean isStandby(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void run(Connection connection, List<String> settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(String.join(";\n", settings));
        }
    }

    private static void checkPromises(Connection connection, PostgresAddress address)
            throws SQLException {
        for (Promise promise : PROMISES) {
            if (read(connection, promise.setting()).equals(promise.broken())) {
                throw new SQLException(
                        address
                                + " would not be safe: "
                                + promise.setting()
                                + " is "
                                + promise.broken()
                                + " there: "
                                + promise.why());
            }
        }
    }

    private static String read(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            return row.next() ? row.getString(1) : "nothing";
        }
    }
}
