package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite. It has no dates: they are text, in a form of fixed length whose order is the order of
 * time, and which SQLite's own date functions take. Decimals are text too, so that they stay exact;
 * cast them to calculate.
 */
record Sqlite() implements FileDialect {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** As the pragmas answer; {@code synchronous} 2 is FULL. */
    private static final Map<String, String> PROMISED =
            Map.of(
                    "journal_mode",
                    "wal",
                    "synchronous",
                    "2",
                    "busy_timeout",
                    String.valueOf(BUSY_TIMEOUT_MILLIS));

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    @Override
    public String product() {
        return "SQLite";
    }

    @Override
    public Connection connect(Path file) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT_MILLIS));
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, settings);
        try (Statement statement = connection.createStatement()) {
            for (var promise : PROMISED.entrySet()) {
                try (ResultSet answer = statement.executeQuery("PRAGMA " + promise.getKey())) {
                    assertKept(promise, answer.next() ? answer.getString(1) : "nothing");
                }
            }
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    @Override
    public void disconnect(Connection connection) throws SQLException {
        connection.close();
    }

    /** A file system without shared memory silently falls back to another journal. */
    private static void assertKept(Map.Entry<String, String> promise, String answer) {
        if (!answer.equals(promise.getValue())) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED,
                    ("SQLite answers %s = %s, where %s is needed so that what is committed"
                                    + " stays; is this a local disk?")
                            .formatted(promise.getKey(), answer, promise.getValue()));
        }
    }

    /** The write lock at once: a transaction that reads first could not be upgraded. */
    @Override
    public String beginWriting() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public String beginLooking() {
        return "BEGIN";
    }

    @Override
    public void beginReading(Session session) throws SQLException {
        session.execute("BEGIN");
    }

    /** Chosen for SQLite's rules of affinity: no name here makes a number of a text. */
    @Override
    public String declared(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case FLOAT -> "REAL";
            case DECIMAL -> "DECIMAL_TEXT";
            case TEXT -> "TEXT";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case INSTANT -> "INSTANT";
        };
    }

    @Override
    public Optional<ColumnType> meaning(String declared) {
        return Optional.ofNullable(
                switch (declared.toUpperCase(Locale.ROOT)) {
                    case "BOOLEAN" -> ColumnType.BOOLEAN;
                    case "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT" -> ColumnType.INTEGER;
                    case "REAL", "FLOAT", "DOUBLE" -> ColumnType.FLOAT;
                    case "DECIMAL_TEXT" -> ColumnType.DECIMAL;
                    case "TEXT", "VARCHAR", "CHAR", "" -> ColumnType.TEXT;
                    case "DATE" -> ColumnType.DATE;
                    case "TIMESTAMP", "DATETIME" -> ColumnType.TIMESTAMP;
                    case "INSTANT" -> ColumnType.INSTANT;
                    // What sqlite-jdbc calls the type of an expression that is null.
                    case "NUMERIC" -> ColumnType.TEXT;
                    default -> null;
                });
    }

    @Override
    public List<Found> columns(Session session, TableName table) throws SQLException {
        return session.all(
                "SELECT name, type FROM pragma_table_info(?) ORDER BY cid",
                row -> new Found(row.getString(1), row.getString(2), meaning(row.getString(2))),
                table.toString());
    }

    /** There are no schemas: a dot is part of a name. */
    @Override
    public String quoted(TableName name) {
        return quoted(name.toString());
    }

    @Override
    public void createSchema(Session session, TableName table) {
        // There are none.
    }

    @Override
    public List<String> tables(Session session) throws SQLException {
        return session.all(
                """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name\
                """,
                row -> row.getString(1));
    }

    @Override
    public Object kept(ColumnType type, Object value) {
        return switch (value) {
            case LocalDateTime local -> local.truncatedTo(ChronoUnit.MICROS);
            case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS);
            case BigDecimal decimal -> Dialect.withoutTrailingZeros(decimal);
            case Double number when number.isNaN() ->
                    throw new IllegalArgumentException("SQLite makes a null of it");
            default -> value;
        };
    }

    @Override
    public @Nullable Object bound(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean bool -> bool ? 1 : 0;
            case BigDecimal decimal -> decimal.toPlainString();
            case LocalDate date -> date.toString();
            case LocalDateTime local -> LOCAL.format(local);
            case Instant instant -> LOCAL.format(instant.atOffset(ZoneOffset.UTC)) + "Z";
            default -> value;
        };
    }

    /** A day's beginning without its time is in order with dates and with times alike. */
    @Override
    public Object comparable(LocalDateTime local) {
        return local.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? local.toLocalDate().toString()
                : LOCAL.format(local);
    }

    @Override
    public @Nullable Object read(ResultSet row, int place, ColumnType type) throws SQLException {
        Object value = row.getObject(place);
        if (value == null) {
            return null;
        }
        return switch (type) {
            case BOOLEAN -> whole(value) != 0;
            case INTEGER -> whole(value);
            case FLOAT -> ((Number) value).doubleValue();
            case DECIMAL -> new BigDecimal(value.toString());
            case TEXT -> value.toString();
            case DATE -> LocalDate.parse(value.toString());
            case TIMESTAMP -> LocalDateTime.parse(value.toString().replace(' ', 'T'));
            case INSTANT -> Instant.parse(value.toString().replace(' ', 'T'));
        };
    }

    /** A column holds what it likes in SQLite, fractions among whole numbers too. */
    private static long whole(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException(value + " is no whole number");
    }

    @Override
    public Load load(Session session, String table, Schema schema) {
        return new SqliteLoad(session, table, schema);
    }

    @Override
    public <T> T loading(Session session, Session.Work<T> work) throws SQLException {
        return work.run();
    }

    @Override
    public boolean isConflict(SQLException error) {
        return error instanceof SQLiteException sqlite
                && switch (sqlite.getResultCode()) {
                    case SQLITE_BUSY, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED ->
                            true;
                    default -> false;
                };
    }

    @Override
    public boolean isMissingTable(SQLException error) {
        return error instanceof SQLiteException sqlite
                && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_ERROR
                && String.valueOf(error.getMessage()).contains("no such table");
    }
}
