package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.Schema;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. Names without a schema lead to that of the connection, and to no other. */
record Postgres() implements Dialect {
    /** What {@code numeric} keeps. */
    private static final int DIGITS_BEFORE_POINT = 131_072;

    private static final int DIGITS_AFTER_POINT = 16_383;

    /** Others exist, and are written in a form of their own. */
    private static final int FIRST_YEAR = 1;

    private static final int LAST_YEAR = 9_999;

    private static final ChronoUnit MICROS = ChronoUnit.MICROS;

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public void disconnect(Connection connection) throws SQLException {
        connection.close();
    }

    /** Whatever is set for the user: the fence needs to see what was committed while it waited. */
    @Override
    public String beginWriting() {
        return "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    }

    /** Without the driver's auto-commit, since only then it fetches a result piece by piece. */
    @Override
    public String beginLooking() {
        return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    }

    @Override
    public void beginReading(Session session) throws SQLException {
        Connection connection = session.connection();
        session.execute(PostgresReach.SLOW_READER);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
    }

    @Override
    public <T> T streaming(Session session, Session.Work<T> work) throws SQLException {
        session.connection().setAutoCommit(false);
        try {
            return work.run();
        } finally {
            session.connection().setAutoCommit(true);
        }
    }

    @Override
    public String declared(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "boolean";
            case INTEGER -> "bigint";
            case FLOAT -> "double precision";
            case DECIMAL -> "numeric";
            case TEXT -> "text";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
            case INSTANT -> "timestamptz";
        };
    }

    /** By the short names, which the driver gives too. */
    @Override
    public Optional<ColumnType> meaning(String declared) {
        return Optional.ofNullable(
                switch (declared) {
                    case "bool" -> ColumnType.BOOLEAN;
                    case "int2", "int4", "int8" -> ColumnType.INTEGER;
                    case "smallserial", "serial", "bigserial" -> ColumnType.INTEGER;
                    case "float4", "float8" -> ColumnType.FLOAT;
                    case "numeric" -> ColumnType.DECIMAL;
                    case "text", "varchar", "bpchar", "name" -> ColumnType.TEXT;
                    case "date" -> ColumnType.DATE;
                    case "timestamp" -> ColumnType.TIMESTAMP;
                    case "timestamptz" -> ColumnType.INSTANT;
                    default -> null;
                });
    }

    /**
     * A column that would round what it is given, or pad it, is none that can hold our values: the
     * hash of what is written would not be that of what is read. Neither is one that the database
     * fills by itself.
     */
    @Override
    public List<Found> columns(Session session, TableName table) throws SQLException {
        return session.all(
                """
                SELECT a.attname, format_type(a.atttypid, a.atttypmod), t.typname,
                  t.typname IN ('float4', 'bpchar', 'name') OR a.attgenerated <> ''
                    OR (a.atttypmod <> -1 AND t.typname <> 'varchar')
                FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum\
                """,
                row ->
                        new Found(
                                row.getString(1),
                                row.getString(2),
                                row.getBoolean(4) ? Optional.empty() : meaning(row.getString(3))),
                quoted(table));
    }

    @Override
    public List<String> tables(Session session) throws SQLException {
        return session.all(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
                row -> row.getString(1));
    }

    /** Looked for first, since making what is there needs a right that not everyone has. */
    @Override
    public void createSchema(Session session, TableName table) throws SQLException {
        if (table.schema().isPresent()) {
            createSchema(session, table.schema().get());
        }
    }

    void createSchema(Session session, String schema) throws SQLException {
        if (!hasSchema(session, schema)) {
            session.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(schema));
        }
    }

    boolean hasSchema(Session session, String schema) throws SQLException {
        return session.count("SELECT count(*) FROM pg_namespace WHERE nspname = ?", schema) > 0;
    }

    @Override
    public boolean hasIndex(Session session, TableName table, String index) throws SQLException {
        return session.count(
                        """
                        SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        WHERE i.indrelid = to_regclass(?) AND c.relname = ? AND i.indisvalid\
                        """,
                        quoted(table),
                        index)
                > 0;
    }

    @Override
    public String stagingKind() {
        return "UNLOGGED TABLE";
    }

    @Override
    public Object kept(ColumnType type, Object value) {
        return switch (value) {
            case LocalDateTime local -> inRange(local.getYear(), local.truncatedTo(MICROS));
            case Instant instant ->
                    inRange(
                            instant.atOffset(ZoneOffset.UTC).getYear(),
                            instant.truncatedTo(MICROS));
            case LocalDate date -> inRange(date.getYear(), date);
            case BigDecimal decimal -> keptDecimal(decimal);
            case String text -> keptText(text);
            default -> value;
        };
    }

    private static Object inRange(int year, Object value) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new IllegalArgumentException(
                    "its year is not between %d and %d".formatted(FIRST_YEAR, LAST_YEAR));
        }
        return value;
    }

    /** Looked at before it is written out, which can take gigabytes. */
    private static BigDecimal keptDecimal(BigDecimal decimal) {
        BigDecimal plain = decimal.stripTrailingZeros();
        long before = (long) plain.precision() - plain.scale();
        if (plain.scale() > DIGITS_AFTER_POINT || before > DIGITS_BEFORE_POINT) {
            throw new IllegalArgumentException(
                    "PostgreSQL keeps %,d digits before the point and %,d after it"
                            .formatted(DIGITS_BEFORE_POINT, DIGITS_AFTER_POINT));
        }
        return Dialect.withoutTrailingZeros(decimal);
    }

    private static String keptText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                throw new IllegalArgumentException(
                        "PostgreSQL keeps no character U+0000, and one is at place " + (i + 1));
            }
            if (Character.isSurrogate(unit)) {
                if (!Character.isSurrogatePair(
                        unit, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new IllegalArgumentException("half a character is at place " + (i + 1));
                }
                i++;
            }
        }
        return text;
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
        return switch (type) {
            case BOOLEAN -> row.getObject(place, Boolean.class);
            case INTEGER -> {
                long whole = row.getLong(place);
                yield row.wasNull() ? null : whole;
            }
            case FLOAT -> {
                double number = row.getDouble(place);
                yield row.wasNull() ? null : number;
            }
            case DECIMAL -> {
                BigDecimal decimal = row.getBigDecimal(place);
                yield decimal == null ? null : Dialect.withoutTrailingZeros(decimal);
            }
            case TEXT -> row.getString(place);
            case DATE -> row.getObject(place, LocalDate.class);
            case TIMESTAMP -> row.getObject(place, LocalDateTime.class);
            case INSTANT -> {
                OffsetDateTime time = row.getObject(place, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
        };
    }

    @Override
    public Load load(Session session, String table, Schema schema) throws SQLException {
        return new PostgresLoad(session, table, schema);
    }

    /** Each piece commits by itself: a slow source must not keep a transaction open. */
    @Override
    public <T> T loading(Session session, Session.Work<T> work) throws SQLException {
        return work.run();
    }

    @Override
    public boolean isConflict(SQLException error) {
        return PostgresErrors.isConflict(error);
    }

    @Override
    public boolean isMissingTable(SQLException error) {
        return PostgresErrors.isMissingTable(error);
    }
}
