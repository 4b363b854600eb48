package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A database that an attempt reads from and publishes into. It is opened when it is used, by the
 * attempt that uses it, in that attempt's home: a proof that runs in a scratch copy sees the copy.
 */
public final class Database {
    private final String name;
    private final String file;
    private final Dialect dialect;
    private final Session.Commit commit;

    private Database(String name, String file, Dialect dialect, Session.Commit commit) {
        this.name = Asset.named(name).name();
        this.file = file;
        this.dialect = dialect;
        this.commit = commit;
    }

    /**
     * A DuckDB file. One process at a time can open it, readers included; within that process many
     * tasks can.
     *
     * @param name the first part of the names of its tables
     * @param file relative to the home's {@code data} folder; created when first written
     */
    public static Database duckdb(String name, String file) {
        return new Database(name, file, new DuckDb(), Session.COMMIT);
    }

    /**
     * An SQLite file. Many processes can open it; one at a time writes.
     *
     * @param name the first part of the names of its tables
     * @param file relative to the home's {@code data} folder; created when first written
     */
    public static Database sqlite(String name, String file) {
        return new Database(name, file, new Sqlite(), Session.COMMIT);
    }

    /** A table with these columns. It is created when it is first written to. */
    public TableTarget table(String table, Schema columns) {
        return new TableTarget(this, table, columns);
    }

    /**
     * The result of one {@code SELECT}. It may name what the run covers: {@code :start} and {@code
     * :end} are local times in the partition's zone, to be compared as {@code >= :start} and {@code
     * < :end}; {@code :start_instant} and {@code :end_instant} the same as points in time; {@code
     * :date} the local date of the start; {@code :partition} the partition's key.
     *
     * @param query names what is read, after the database's name
     */
    public QuerySource query(String query, String sql) {
        return new QuerySource(this, query, sql);
    }

    /**
     * Compares two tables by key: {@code task.from(WAREHOUSE.compare("orders",
     * "ledger").on("id").columns("amount")).mustBeNone()}.
     */
    public TableComparison compare(String left, String right) {
        return TableComparison.of(this, left, right);
    }

    String name() {
        return name;
    }

    Dialect dialect() {
        return dialect;
    }

    /** How a publish commits. */
    Session.Commit commit() {
        return commit;
    }

    /** This database with another way to commit; for tests that lose acknowledgements. */
    Database committing(Session.Commit other) {
        return new Database(name, file, dialect, other);
    }

    /** Where a table lies, without telling where the home is. */
    String locationOf(String table) {
        return file + "#" + table;
    }

    /** Opens for writing; creates the file where there is none. */
    Session open(Boundary boundary) throws SQLException {
        Path path = boundary.dataPath(file);
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Session(dialect, dialect.connect(path));
    }

    /**
     * Opens for reading.
     *
     * @throws TidemarkException {@link ErrorCode#INPUT_MISSING} where there is no file
     */
    Session openExisting(Boundary boundary, String reader) throws SQLException {
        if (!Files.exists(boundary.dataPath(file))) {
            throw new TidemarkException(
                    ErrorCode.INPUT_MISSING,
                    "%s: there is no database %s yet; nothing was read. Publish into it first"
                            .formatted(reader, file));
        }
        return open(boundary);
    }
}
