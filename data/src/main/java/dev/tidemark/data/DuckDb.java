package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.Schema;
import dev.tidemark.TaskException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** DuckDB, in this process. */
record DuckDb() implements FileDialect {
    /** Room for amounts and for rates: 28 digits before the point. */
    static final int DECIMAL_DIGITS = 38;

    static final int DECIMAL_SCALE = 10;

    /**
     * Opening a file fails while its last connection is being closed ("unique file handle
     * conflict"), so one is opened or closed at a time.
     */
    private static final Lock DOOR = new ReentrantLock();

    @Override
    public String product() {
        return "DuckDB";
    }

    /** All connections to one file must agree in their settings, or the second is refused. */
    @Override
    public Connection connect(Path file) throws SQLException {
        DuckDbLibrary.useCache();
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        DOOR.lock();
        try {
            return DriverManager.getConnection("jdbc:duckdb:" + file, settings);
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("Could not set lock on file")) {
                throw TaskException.transientError(
                        ("%s is open in another process, and DuckDB lets one at a time"
                                        + " open a file; close it there")
                                .formatted(file.getFileName()),
                        e);
            }
            throw e;
        } finally {
            DOOR.unlock();
        }
    }

    @Override
    public void disconnect(Connection connection) throws SQLException {
        DOOR.lock();
        try {
            connection.close();
        } finally {
            DOOR.unlock();
        }
    }

    @Override
    public String beginWriting() {
        return "BEGIN TRANSACTION";
    }

    @Override
    public String beginLooking() {
        return "BEGIN TRANSACTION READ ONLY";
    }

    @Override
    public void beginReading(Session session) throws SQLException {
        session.execute("BEGIN TRANSACTION READ ONLY");
    }

    @Override
    public String declared(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "BIGINT";
            case FLOAT -> "DOUBLE";
            case DECIMAL -> "DECIMAL(" + DECIMAL_DIGITS + "," + DECIMAL_SCALE + ")";
            case TEXT -> "VARCHAR";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case INSTANT -> "TIMESTAMP WITH TIME ZONE";
        };
    }

    /** Sums of whole numbers are a HUGEINT; read as long as they fit. */
    @Override
    public Optional<ColumnType> meaning(String declared) {
        String type = declared.toUpperCase(Locale.ROOT);
        if (type.startsWith("DECIMAL")) {
            return Optional.of(ColumnType.DECIMAL);
        }
        return Optional.ofNullable(
                switch (type) {
                    case "BOOLEAN" -> ColumnType.BOOLEAN;
                    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" ->
                            ColumnType.INTEGER;
                    case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT" ->
                            ColumnType.INTEGER;
                    case "FLOAT", "DOUBLE" -> ColumnType.FLOAT;
                    case "VARCHAR" -> ColumnType.TEXT;
                    case "DATE" -> ColumnType.DATE;
                    case "TIMESTAMP" -> ColumnType.TIMESTAMP;
                    case "TIMESTAMP WITH TIME ZONE" -> ColumnType.INSTANT;
                    default -> null;
                });
    }

    @Override
    public List<Found> columns(Session session, TableName table) throws SQLException {
        return session.all(
                """
                SELECT column_name, data_type FROM information_schema.columns
                WHERE table_catalog = current_database()
                  AND table_schema = coalesce(?, current_schema()) AND table_name = ?
                ORDER BY ordinal_position\
                """,
                row -> new Found(row.getString(1), row.getString(2), meaning(row.getString(2))),
                table.schema().orElse(null),
                table.table());
    }

    @Override
    public void createSchema(Session session, TableName table) throws SQLException {
        if (table.schema().isPresent()) {
            session.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(table.schema().get()));
        }
    }

    @Override
    public List<String> tables(Session session) throws SQLException {
        return session.all(
                """
                SELECT table_name FROM information_schema.tables
                WHERE table_catalog = current_database() AND table_schema = current_schema()
                  AND table_type = 'BASE TABLE'
                ORDER BY table_name\
                """,
                row -> row.getString(1));
    }

    @Override
    public List<TableName> everyTable(Session session) throws SQLException {
        return session.all(
                """
                SELECT nullif(table_schema, current_schema()), table_name
                FROM information_schema.tables
                WHERE table_catalog = current_database() AND table_type = 'BASE TABLE'
                ORDER BY table_schema, table_name\
                """,
                row -> new TableName(Optional.ofNullable(row.getString(1)), row.getString(2)));
    }

    @Override
    public Object kept(ColumnType type, Object value) {
        return switch (value) {
            case LocalDateTime local -> local.truncatedTo(ChronoUnit.MICROS);
            case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS);
            case BigDecimal decimal -> keptDecimal(decimal);
            default -> value;
        };
    }

    private static BigDecimal keptDecimal(BigDecimal decimal) {
        BigDecimal plain = decimal.stripTrailingZeros();
        int before = plain.precision() - plain.scale();
        if (plain.scale() > DECIMAL_SCALE || before > DECIMAL_DIGITS - DECIMAL_SCALE) {
            throw new IllegalArgumentException(
                    "DuckDB keeps %d digits before the point and %d after it"
                            .formatted(DECIMAL_DIGITS - DECIMAL_SCALE, DECIMAL_SCALE));
        }
        return plain.setScale(DECIMAL_SCALE, RoundingMode.UNNECESSARY);
    }

    @Override
    public @Nullable Object bound(@Nullable Object value) {
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }

    @Override
    public Object comparable(LocalDateTime local) {
        return local;
    }

    @Override
    public @Nullable Object read(ResultSet row, int place, ColumnType type) throws SQLException {
        Object value =
                switch (type) {
                    case TIMESTAMP -> row.getObject(place, LocalDateTime.class);
                    case DATE -> row.getObject(place, LocalDate.class);
                    case INSTANT -> row.getObject(place, OffsetDateTime.class);
                    case BOOLEAN, INTEGER, FLOAT, DECIMAL, TEXT -> row.getObject(place);
                };
        return switch (value) {
            case null -> null;
            case OffsetDateTime time -> time.toInstant();
            case BigInteger whole -> whole.longValueExact();
            case BigDecimal decimal -> Dialect.withoutTrailingZeros(decimal);
            case Float number -> (double) number;
            case Double number -> number;
            case Number whole -> whole.longValue();
            default -> value;
        };
    }

    @Override
    public Load load(Session session, String table, Schema schema) throws SQLException {
        return new DuckDbLoad(session, table);
    }

    @Override
    public <T> T loading(Session session, Session.Work<T> work) throws SQLException {
        return session.transaction(work);
    }

    /** What a commit refuses, such as a key that two transactions inserted, is a conflict too. */
    @Override
    public boolean isConflict(SQLException error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("TransactionContext Error")
                && (message.contains("onflict") || message.contains("Failed to commit"));
    }

    @Override
    public boolean isMissingTable(SQLException error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("Catalog Error") && message.contains("does not exist");
    }
}
