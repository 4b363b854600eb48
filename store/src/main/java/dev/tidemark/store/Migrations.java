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
record Migrations(List<String> scripts) {
    static final Migrations ALL = new Migrations(List.of("0001-initial.sql", "0002-ownership.sql"));

    private static final String CREATE_VERSIONS =
            """
            CREATE TABLE IF NOT EXISTS schema_version (
                version    INTEGER PRIMARY KEY,
                script     TEXT NOT NULL,
                applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
            ) STRICT
            """;
    private static final String ADD_VERSION =
            "INSERT INTO schema_version (version, script) VALUES (?, ?)";
    private static final String VERSION = "SELECT max(version) FROM schema_version";
    private static final String HAS_VERSIONS =
            "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'";

    /** Applies what is missing. */
    void apply(Connection connection, Sql sql) throws SQLException {
        int version = version(sql);
        if (version == scripts.size()) {
            sql.commit();
            return;
        }
        refuseNewer(version);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(CREATE_VERSIONS);
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

    private static int version(Sql sql) throws SQLException {
        return sql.number(HAS_VERSIONS) == 0 ? 0 : Math.toIntExact(sql.number(VERSION));
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
