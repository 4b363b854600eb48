package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares two tables of one database by key, see {@link Database#compare}. The database does it,
 * in one of its states; what comes out of it are counts and a few samples.
 *
 * <p>Keys and values are compared as the database compares them; two nulls are equal values, and no
 * keys. A table without a row for a key is told from one with a null.
 */
public final class TableComparison implements Source<TableDifferences> {
    /** Of each kind of difference. */
    private static final int SAMPLES = 5;

    private final Database database;
    private final Pair tables;
    private final List<String> keys;
    private final List<String> columns;
    private final Optional<String> window;

    private TableComparison(
            Database database,
            Pair tables,
            List<String> keys,
            List<String> columns,
            Optional<String> window) {
        this.database = database;
        this.tables = tables;
        this.keys = List.copyOf(keys);
        this.columns = List.copyOf(columns);
        this.window = window;
    }

    private record Pair(String left, String right) {}

    static TableComparison of(Database database, String left, String right) {
        return new TableComparison(
                database, new Pair(left, right), List.of(), List.of(), Optional.empty());
    }

    /** The columns by which a row of one table is found in the other. */
    public TableComparison on(String... key) {
        return new TableComparison(database, tables, List.of(key), columns, window);
    }

    /** The columns whose values must be equal. Without it only keys are compared. */
    public TableComparison columns(String... compared) {
        return new TableComparison(database, tables, keys, List.of(compared), window);
    }

    /** Compares only rows that lie in the partition's interval by this column. */
    public TableComparison within(String column) {
        return new TableComparison(database, tables, keys, columns, Optional.of(column));
    }

    @Override
    public String name() {
        return Asset.named(database.name() + "/" + tables.left() + "_and_" + tables.right()).name();
    }

    /**
     * The differences.
     *
     * @throws TidemarkException {@link ErrorCode#INPUT_MISSING} where a table is not there, {@link
     *     ErrorCode#INVALID_DEFINITION} where a column is not, or no key was named
     */
    @Override
    public TableDifferences open(Boundary boundary) {
        if (keys.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION, name() + ": say by which key: on(column)");
        }
        Reach reach = database.reach(boundary);
        try (Session session = reach.openExisting(name())) {
            session.dialect().beginReading(session);
            return new Comparing(
                            session,
                            side(session, boundary, tables.left()),
                            side(session, boundary, tables.right()))
                    .differences();
        } catch (SQLException e) {
            throw DatabaseErrors.reading(name(), reach.dialect(), e);
        }
    }

    private Side side(Session session, Boundary boundary, String table) throws SQLException {
        Dialect dialect = session.dialect();
        TableName named = TableName.parse(table);
        List<Dialect.Found> found = dialect.columns(session, named);
        if (found.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INPUT_MISSING,
                    "%s: there is no table %s; publish it first".formatted(name(), table));
        }
        Stream.of(keys, columns, window.stream().toList())
                .flatMap(List::stream)
                .filter(name -> found.stream().noneMatch(column -> column.name().equals(name)))
                .findFirst()
                .ifPresent(name -> refuseMissing(table, name));
        TableWindow rows =
                window.isEmpty()
                        ? TableWindow.EVERY_ROW
                        : window(dialect, found, window.get(), boundary.partition());
        return new Side(
                "(SELECT * FROM %s WHERE %s)".formatted(dialect.quoted(named), rows.condition()),
                rows.values());
    }

    private static TableWindow window(
            Dialect dialect, List<Dialect.Found> found, String window, Partition partition) {
        List<Column> columns =
                found.stream()
                        .filter(column -> column.name().equals(window))
                        .map(column -> new Column(window, column.type().orElse(ColumnType.TEXT)))
                        .toList();
        return TableWindow.of(dialect, Schema.of(columns), window, partition);
    }

    private void refuseMissing(String table, String column) {
        throw new TidemarkException(
                ErrorCode.INVALID_DEFINITION,
                "%s: table %s has no column '%s'".formatted(name(), table, column));
    }

    /**
     * The rows of a table.
     *
     * @param rows a table expression
     * @param values of its parameters
     */
    private record Side(String rows, List<Object> values) {}

    /** One comparison at work. */
    private final class Comparing {
        private final Session session;
        private final Side left;
        private final Side right;
        private final List<String> samples = new ArrayList<>();

        private Comparing(Session session, Side left, Side right) {
            this.session = session;
            this.left = left;
            this.right = right;
        }

        private TableDifferences differences() throws SQLException {
            String names = "tables %s and %s".formatted(tables.left(), tables.right());
            TableDifferences.Counts counts =
                    new TableDifferences.Counts(
                            counted("only left", keysOf("one"), without(left, right), both()),
                            counted("only right", keysOf("one"), without(right, left), turned()),
                            columns.isEmpty()
                                    ? 0
                                    : counted("different", shown(), different(), both()),
                            counted("repeated left", keysOf("one"), repeated(left), left.values())
                                    + counted(
                                            "repeated right",
                                            keysOf("one"),
                                            repeated(right),
                                            right.values()));
            return new TableDifferences(names, counts, samples);
        }

        private long counted(String what, String shown, String from, List<Object> values)
                throws SQLException {
            @Nullable Object[] bound = values.toArray();
            String select = "SELECT " + shown + " FROM " + from;
            long count = session.count("SELECT count(*) FROM (" + select + ") AS found", bound);
            if (count > 0) {
                samples.addAll(
                        session.all(
                                select + " LIMIT " + SAMPLES,
                                row -> what + " " + text(row),
                                bound));
            }
            return count;
        }

        private static String text(ResultSet row) throws SQLException {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getMetaData().getColumnLabel(i) + "=" + row.getString(i));
            }
            return "{" + String.join(", ", values) + "}";
        }

        private List<Object> both() {
            return Stream.of(left, right).flatMap(side -> side.values().stream()).toList();
        }

        private List<Object> turned() {
            return Stream.of(right, left).flatMap(side -> side.values().stream()).toList();
        }

        private String without(Side some, Side others) {
            return "%s AS one WHERE NOT EXISTS (SELECT 1 FROM %s AS other WHERE %s)"
                    .formatted(some.rows(), others.rows(), sameKey());
        }

        private String different() {
            String differ =
                    columns.stream()
                            .map(session.dialect()::quoted)
                            .map(name -> "one.%1$s IS DISTINCT FROM other.%1$s".formatted(name))
                            .collect(Collectors.joining(" OR "));
            return "%s AS one JOIN %s AS other ON %s WHERE %s"
                    .formatted(left.rows(), right.rows(), sameKey(), differ);
        }

        private String repeated(Side side) {
            return "%s AS one GROUP BY %s HAVING count(*) > 1"
                    .formatted(side.rows(), keysOf("one"));
        }

        private String sameKey() {
            return keys.stream()
                    .map(session.dialect()::quoted)
                    .map(key -> "one.%1$s = other.%1$s".formatted(key))
                    .collect(Collectors.joining(" AND "));
        }

        private String keysOf(String side) {
            return keys.stream()
                    .map(key -> side + "." + session.dialect().quoted(key))
                    .collect(Collectors.joining(", "));
        }

        /** The key, and of each column both values. */
        private String shown() {
            Dialect dialect = session.dialect();
            return keysOf("one")
                    + columns.stream()
                            .map(
                                    name ->
                                            ", one.%1$s AS %2$s, other.%1$s AS %3$s"
                                                    .formatted(
                                                            dialect.quoted(name),
                                                            dialect.quoted(name + " left"),
                                                            dialect.quoted(name + " right")))
                            .collect(Collectors.joining());
        }
    }

    @Override
    public String toString() {
        return "comparison " + name();
    }
}
