package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sees, in DuckDB and SQLite files, what each table of the user holds: the hash of all its rows and
 * how many they are. It reads the rows, not the bytes of the file, which differ when nothing does.
 * Servers it does not see: an experiment does not write into them.
 */
public final class DatabaseObserver implements Observation.Observer {
    private static final int HEADER_BYTES = 16;
    private static final byte[] SQLITE_MAGIC = ascii("SQLite format 3\0");
    private static final byte[] DUCKDB_MAGIC = ascii("DUCK");

    /** DuckDB's header begins with a checksum. */
    private static final int DUCKDB_MAGIC_AT = 8;

    /** Files beside a database that are part of it. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal", ".wal");

    @Override
    public boolean sees(Path file) {
        return isCompanion(file) || dialect(file).isPresent();
    }

    @Override
    public Map<String, String> observe(Path file) {
        Map<String, String> seen = new TreeMap<>();
        if (isCompanion(file)) {
            return seen;
        }
        FileDialect dialect = dialect(file).orElseThrow();
        try (Session session = new Session(dialect, dialect.connect(file))) {
            for (TableName table : dialect.everyTable(session)) {
                if (!table.table().startsWith(TableTarget.RESERVED_PREFIX)) {
                    seen.put("table " + table, contents(session, table));
                }
            }
            return seen;
        } catch (SQLException e) {
            throw DatabaseErrors.reading(file.getFileName().toString(), dialect, e);
        }
    }

    private static String contents(Session session, TableName table) throws SQLException {
        Dialect dialect = session.dialect();
        List<Dialect.Found> found = dialect.columns(session, table);
        Schema schema = schema(found);
        ContentHash hash = new ContentHash();
        long rows = 0;
        String select =
                "SELECT %s FROM %s".formatted(expressions(dialect, found), dialect.quoted(table));
        try (PreparedStatement statement = session.connection().prepareStatement(select);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                hash.add(ResultRows.row(dialect, schema, result));
                rows++;
            }
        }
        return hash.hex() + ", " + rows + " rows";
    }

    /** Of a type that rows do not know, its text. */
    private static String expressions(Dialect dialect, List<Dialect.Found> found) {
        return String.join(
                ", ",
                found.stream()
                        .map(
                                column ->
                                        column.type().isPresent()
                                                ? dialect.quoted(column.name())
                                                : "CAST(%s AS %s)"
                                                        .formatted(
                                                                dialect.quoted(column.name()),
                                                                dialect.declared(ColumnType.TEXT)))
                        .toList());
    }

    private static Schema schema(List<Dialect.Found> found) {
        List<Column> columns = new ArrayList<>();
        for (Dialect.Found column : found) {
            ColumnType type = column.type().orElse(ColumnType.TEXT);
            try {
                columns.add(new Column(column.name(), type));
            } catch (TidemarkException _) {
                // A name that assets may not have, in a table that others made.
                columns.add(new Column("column-" + columns.size(), type));
            }
        }
        return Schema.of(columns);
    }

    private static boolean isCompanion(Path file) {
        String name = file.getFileName().toString();
        return COMPANIONS.stream()
                .filter(name::endsWith)
                .map(end -> name.substring(0, name.length() - end.length()))
                .anyMatch(owner -> dialect(file.resolveSibling(owner)).isPresent());
    }

    private static Optional<FileDialect> dialect(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] header = bytes.readNBytes(HEADER_BYTES);
            if (holds(header, 0, SQLITE_MAGIC)) {
                return Optional.of(new Sqlite());
            }
            return holds(header, DUCKDB_MAGIC_AT, DUCKDB_MAGIC)
                    ? Optional.of(new DuckDb())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(byte[] header, int at, byte[] magic) {
        return header.length >= at + magic.length
                && Arrays.equals(header, at, at + magic.length, magic, 0, magic.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
