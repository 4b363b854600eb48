package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.Schema;

/**
 * A database that an attempt reads from and publishes into. It is opened when it is used, by the
 * attempt that uses it, in that attempt's home: a proof that runs in a scratch copy sees the copy.
 */
public final class Database {
    /** Finds the database for an attempt. */
    private interface Place {
        Reach reach(Boundary boundary);
    }

    private final String name;
    private final Place place;
    private final Session.Commit commit;

    private Database(String name, Place place, Session.Commit commit) {
        this.name = Asset.named(name).name();
        this.place = place;
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
        return inFile(name, new DuckDb(), file);
    }

    /**
     * An SQLite file. Many processes can open it; one at a time writes.
     *
     * @param name the first part of the names of its tables
     * @param file relative to the home's {@code data} folder; created when first written
     */
    public static Database sqlite(String name, String file) {
        return inFile(name, new Sqlite(), file);
    }

    private static Database inFile(String name, FileDialect dialect, String file) {
        return new Database(
                name,
                boundary -> new Reach.ToFile(dialect, file, boundary.dataPath(file)),
                Session.COMMIT);
    }

    /**
     * A database that {@code tidemark.yaml} names, beside the pipeline's file or in the nearest
     * folder above it. The file says of what kind it is, so that one pipeline can publish into a
     * DuckDB file on one machine and into PostgreSQL on another. It is read by each attempt that
     * uses the connection.
     *
     * @param name of the connection, and the first part of the names of its tables
     */
    public static Database connection(String name) {
        return new Database(name, boundary -> Connections.reach(boundary, name), Session.COMMIT);
    }

    /**
     * A table with these columns. It is created when it is first written to.
     *
     * @param table its name, or schema and name: {@code analytics.orders}
     */
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

    /** How a publish commits. */
    Session.Commit commit() {
        return commit;
    }

    /** This database with another way to commit; for tests that lose acknowledgements. */
    Database committing(Session.Commit other) {
        return new Database(name, place, other);
    }

    /** As the attempt finds it. */
    Reach reach(Boundary boundary) {
        return place.reach(boundary);
    }
}
