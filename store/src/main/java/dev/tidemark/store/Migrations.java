package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a store's tables to what this version of the program needs: plain SQL files, applied in
 * order, all that are missing in one transaction.
 *
 * @param scripts the files beside this class; the first makes version 1
 */
record Migrations(List<String> scripts, Dialect dialect) {
    static final Migrations ALL =
            new Migrations(
                    List.of(
                            "0001-initial.sql",
                            "0002-ownership.sql",
                            "0003-latest-attempts.sql",
                            "0004-schedules.sql",
                            "0005-pools.sql",
                            "0006-backfills-in-short.sql",
                            "0007-verified-tasks.sql",
                            "0008-watermarks.sql"));

    private static final String ADD_VERSION =
            "INSERT INTO schema_version (version, script) VALUES (?, ?)";
    private static final String VERSION = "SELECT max(version) FROM schema_version";

    /** For SQLite. */
    Migrations(List<String> scripts) {
        this(scripts, Dialect.SQLITE);
    }

    /** All for PostgreSQL, with their tables in a schema; its name needs no quotes. */
    static Migrations postgres(String schema) {
        return new Migrations(
                List.of(
                        "postgres/0001-initial.sql",
                        "postgres/0002-latest-attempts.sql",
                        "postgres/0003-schedules.sql",
                        "postgres/0004-pools.sql",
                        "postgres/0005-backfills-in-short.sql",
                        "postgres/0006-verified-tasks.sql",
                        "postgres/0007-watermarks.sql"),
                Dialect.postgres(schema));
    }

    /**
     * What databases do not agree on.
     *
     * @param createVersions creates the table of versions, unless it is there
     * @param countTables counts the tables of that name
     * @param first comes before all else that changes something
     */
    record Dialect(String createVersions, String countTables, List<String> first) {
        static final Dialect SQLITE =
                new Dialect(
                        """
                        CREATE TABLE IF NOT EXISTS schema_version (
                            version    INTEGER PRIMARY KEY,
                            script     TEXT NOT NULL,
                            applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
                        ) STRICT
                        """,
                        "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'",
                        List.of());

        /** Several processes may begin at once; one migrates, and the others wait for it. */
        static Dialect postgres(String schema) {
            return new Dialect(
                    """
                    CREATE TABLE IF NOT EXISTS schema_version (
                        version    integer PRIMARY KEY,
                        script     text NOT NULL,
                        applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
                    )
                    """,
                    """
                    SELECT count(*) FROM pg_tables
                    WHERE schemaname = current_schema() AND tablename = 'schema_version'
                    """,
                    List.of(
                            "SELECT pg_advisory_xact_lock(hashtext('tidemark " + schema + "'))",
                            """
                            DO $$ BEGIN
                                IF to_regnamespace('%1$s') IS NULL THEN CREATE SCHEMA %1$s; END IF;
                            END $$
                            """
                                    .formatted(schema)));
        }
    }

    /** Applies what is missing. */
    void apply(Connection connection, Sql sql) throws SQLException {
        int version = version(sql);
        if (version == scripts.size()) {
            sql.commit();
            return;
        }
        refuseNewer(version);
        try (Statement statement = connection.createStatement()) {
            for (String first : dialect.first()) {
                statement.execute(first);
            }
            statement.executeUpdate(dialect.createVersions());
            version = version(sql);
            for (int next = version + 1; next <= scripts.size(); next++) {
                String script = scripts.get(next - 1);
                statement.executeUpdate(text(script));
                sql.execute(ADD_VERSION, next, script);
            }
        }
        sql.commit();
    }

    /** For a reader, which cannot apply anything. */
    void check(Sql sql) throws SQLException {
        int version = version(sql);
        refuseNewer(version);
        if (version == 0) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "nothing has been run with this store yet; run a pipeline first");
        }
        if (version < scripts.size()) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED,
                    "the store has version "
                            + version
                            + ", and this program reads version "
                            + scripts.size()
                            + "; run a pipeline once with this program: that brings it up to date");
        }
    }

    /** How many scripts were applied; 0 where there is no store yet. */
    int version(Sql sql) throws SQLException {
        return sql.number(dialect.countTables()) == 0 ? 0 : Math.toIntExact(sql.number(VERSION));
    }

    private void refuseNewer(int version) {
        if (version > scripts.size()) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED,
                    "the store has version "
                            + version
                            + ", and this program knows versions up to "
                            + scripts.size()
                            + "; a newer Tidemark has written it. Use that one, or a newer one");
        }
    }

    private static String text(String script) {
        try (InputStream file = Migrations.class.getResourceAsStream(script)) {
            if (file == null) {
                throw new IllegalStateException("there is no migration " + script);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
