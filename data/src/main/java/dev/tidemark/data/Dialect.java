package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs from one kind of database to the next. Everything else is said once, in SQL. */
sealed interface Dialect permits FileDialect, Postgres {
    /** Bulk loading into one table, in the fastest way the database has. */
    interface Load extends AutoCloseable {
        /** Values in the order of the table's columns, as {@link #kept} gave them. */
        void add(@Nullable Object... values) throws SQLException;

        /** Makes everything added durable. */
        void finish() throws SQLException;

        /** Leaves out what was not finished. */
        @Override
        void close() throws SQLException;
    }

    /**
     * A column that a table has.
     *
     * @param type empty where rows of ours cannot hold its values
     */
    record Found(String name, String declared, Optional<ColumnType> type) {}

    /** For messages. */
    String product();

    void disconnect(Connection connection) throws SQLException;

    /** Begins a transaction that will write. */
    String beginWriting();

    /** Begins a transaction that sees one state of the database and cannot write. */
    void beginReading(Session session) throws SQLException;

    /**
     * Begins a transaction that sees one state of the database and cannot write, in a session that
     * goes on to write.
     */
    String beginLooking();

    /** The type that a column is created with. */
    String declared(ColumnType type);

    /** What a column's type means, by the name that the database gives it. */
    Optional<ColumnType> meaning(String declared);

    /** The columns of a table in order; none where there is no such table. */
    List<Found> columns(Session session, TableName table) throws SQLException;

    /** The tables that stand where names without a schema lead. */
    List<String> tables(Session session) throws SQLException;

    /** Makes the schema of a table where there is none. */
    void createSchema(Session session, TableName table) throws SQLException;

    /** What staging tables are created as. */
    default String stagingKind() {
        return "TABLE";
    }

    /** All tables of the user's and ours, for whoever looks at everything. */
    default List<TableName> everyTable(Session session) throws SQLException {
        return tables(session).stream().map(TableName::alone).toList();
    }

    /** Whether a table is known to have an index of this name. */
    default boolean hasIndex(Session session, TableName table, String index) throws SQLException {
        return false;
    }

    /**
     * The value as it comes back when it is read again, so that a hash of what is written equals
     * the hash of what is read.
     *
     * @throws IllegalArgumentException where a column of this type cannot hold it
     */
    Object kept(ColumnType type, Object value);

    /** The value as the driver takes it. */
    @Nullable Object bound(@Nullable Object value);

    /** A local time to compare columns with, dates as well as times. */
    Object comparable(LocalDateTime local);

    /** The value at a place of a result, from 1. */
    @Nullable Object read(ResultSet row, int place, ColumnType type) throws SQLException;

    Load load(Session session, String table, Schema schema) throws SQLException;

    /** Runs what reads a result that can be larger than memory. */
    default <T> T streaming(Session session, Session.Work<T> work) throws SQLException {
        return work.run();
    }

    /** Runs what loads; in one transaction where that keeps nobody else from writing. */
    <T> T loading(Session session, Session.Work<T> work) throws SQLException;

    /** Whether the other one was merely faster, and trying again helps. */
    boolean isConflict(SQLException error);

    boolean isMissingTable(SQLException error);

    /** One form for one number, so that equal ones are equal as text too. */
    static BigDecimal withoutTrailingZeros(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }

    default String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A name where schemas are, as SQL takes it. */
    default String quoted(TableName name) {
        return name.schema().map(schema -> quoted(schema) + ".").orElse("") + quoted(name.table());
    }

    default String quoted(Collection<String> identifiers) {
        return identifiers.stream().map(this::quoted).collect(Collectors.joining(", "));
    }

    /** The definition of these columns in a {@code CREATE TABLE}. */
    default String definition(Schema schema) {
        return schema.columns().stream()
                .map(column -> quoted(column.name()) + " " + declared(column.type()))
                .collect(Collectors.joining(", "));
    }

    /**
     * Takes rows from staging into a table that may have them already. {@code WHERE true} keeps a
     * parser from taking {@code ON} for a join.
     */
    default String upsert(TableName table, String staging, Schema schema, Merge merge) {
        String insert =
                "INSERT INTO %s AS target (%s) SELECT %s FROM %s WHERE true ON CONFLICT (%s) "
                        .formatted(
                                quoted(table),
                                quoted(schema.names()),
                                quoted(schema.names()),
                                quoted(staging),
                                quoted(merge.keys()));
        List<String> others =
                schema.names().stream().filter(name -> !merge.keys().contains(name)).toList();
        if (others.isEmpty()) {
            return insert + "DO NOTHING";
        }
        String assignments =
                others.stream()
                        .map(name -> quoted(name) + " = excluded." + quoted(name))
                        .collect(Collectors.joining(", "));
        return insert + "DO UPDATE SET " + assignments + merge.guard(this);
    }
}
