package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.ErrorClass;
import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.PoolLimit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @TempDir Path folder;

    private Path file() {
        return folder.resolve("tidemark.db");
    }

    private void apply(Migrations migrations) throws SQLException {
        try (Connection connection = SqliteFile.toWrite(file())) {
            migrations.apply(connection, new Sql(connection));
        }
    }

    private List<String> applied() throws SQLException {
        return texts("SELECT script FROM schema_version ORDER BY version");
    }

    private List<String> tables() throws SQLException {
        return texts("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    }

    private List<String> texts(String query) throws SQLException {
        try (Connection connection = SqliteFile.toRead(file())) {
            return new Sql(connection).list(row -> row.getString(1), query);
        }
    }

    @Test
    void whatIsMissingIsAppliedInOrderAndOnlyOnce() throws SQLException {
        apply(new Migrations(List.of("test-1-create.sql")));
        apply(new Migrations(List.of("test-1-create.sql", "test-2-fill.sql")));
        apply(new Migrations(List.of("test-1-create.sql", "test-2-fill.sql")));

        assertThat(applied()).containsExactly("test-1-create.sql", "test-2-fill.sql");
        assertThat(texts("SELECT name FROM boats ORDER BY name")).containsExactly("Ann", "Bea");
    }

    @Test
    void oneThatFailsLeavesTheStoreAsItWas() throws SQLException {
        apply(new Migrations(List.of("test-1-create.sql")));

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(
                        () ->
                                apply(
                                        new Migrations(
                                                List.of(
                                                        "test-1-create.sql",
                                                        "test-2-fill.sql",
                                                        "test-3-broken.sql"))));

        assertThat(applied()).containsExactly("test-1-create.sql");
        assertThat(texts("SELECT name FROM boats")).isEmpty();
        assertThat(tables()).containsExactly("boats", "schema_version");
    }

    @Test
    void aStoreThatANewerProgramWroteIsRefused() throws SQLException {
        SqliteStore.open(file()).close();
        try (Connection connection = SqliteFile.toWrite(file());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO schema_version (version, script) VALUES (99, 'x')");
            connection.commit();
        }

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> SqliteStore.open(file()))
                .withMessageContaining("version 99")
                .withMessageContaining("newer")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> SqliteStore.reader(file()))
                .withMessageContaining("version 99");
    }

    @Test
    void aReaderOfAnEmptyFileSaysThatNothingWasRun() throws SQLException {
        SqliteFile.toWrite(file()).close();

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> SqliteStore.reader(file()))
                .withMessageContaining("nothing has been run")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void aReaderOfAnOlderStoreSaysHowToBringItUpToDate() throws SQLException {
        SqliteStore.open(file()).close();
        try (Connection connection = SqliteFile.toWrite(file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM schema_version WHERE version > 1");
            connection.commit();
        }

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> SqliteStore.reader(file()))
                .withMessageContaining("version 1")
                .withMessageContaining("run a pipeline once");
    }

    @Test
    void anOlderStoreHasNoPoolsAndTakesSome() throws SQLException {
        apply(
                new Migrations(
                        List.of(
                                "0001-initial.sql",
                                "0002-ownership.sql",
                                "0003-latest-attempts.sql")));
        try (Connection connection = SqliteFile.toWrite(file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    """
                    INSERT INTO history VALUES
                        (1, '2001-02-03T00:00:00.000000000Z', NULL, NULL, 'command_answered',
                         '{"key":"k","answer":{"is":"accepted","backfill":0}}')
                    """);
            connection.commit();
        }

        try (SqliteStore store = SqliteStore.open(file())) {
            assertThat(store.pools()).isEmpty();
            assertThat(store.countedStarts(Instant.EPOCH)).isEmpty();
            PoolLimit limit = new PoolLimit("crm", 2, OptionalInt.empty());
            Samples.commit(store, List.of(new Change.PoolSet(limit)), Samples.NOON);
            assertThat(store.pools()).containsExactly(new PoolView(limit, Samples.NOON));
        }
    }

    @Test
    void backfillsOfAnOlderStoreAreListedAsTheyWereAsked() throws SQLException {
        apply(
                new Migrations(
                        List.of(
                                "0001-initial.sql",
                                "0002-ownership.sql",
                                "0003-latest-attempts.sql")));
        try (Connection connection = SqliteFile.toWrite(file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(OLD_BACKFILL);
            connection.commit();
        }

        try (SqliteStore store = SqliteStore.open(file())) {
            assertThat(store.backfillInShort(7).orElseThrow().asked())
                    .isEqualTo(
                            new BackfillSummary.Asked(
                                    "p",
                                    new BackfillPlan.Options(BackfillPlan.Reprocess.FAILED, 3, 9),
                                    2,
                                    1,
                                    ""));
            assertThat(store.backfill(7).orElseThrow().plan().items()).hasSize(2);
        }
    }

    /** Written as it was before backfills were kept in short. */
    static final String OLD_BACKFILL =
            """
            INSERT INTO history (seq, at, run, backfill, kind, payload)
            VALUES (1, '2001-02-03T00:00:00.000000000Z', NULL, 7, 'backfill_created',
                    '{"backfill":7,"plan":{"pipeline":"p","parameters":{"note":"\\u0000"},
                      "reprocess":"FAILED","max_active":3,"halt_after":9,"items":[
                      {"start":"2001-02-03T00:00:00Z","end":"2001-02-04T00:00:00Z",
                       "name":"a","run":0,"action":"CREATE","reason":""},
                      {"start":"2001-02-04T00:00:00Z","end":"2001-02-05T00:00:00Z",
                       "name":"b","run":4,"action":"SKIP","reason":"already done"}]}}');
            INSERT INTO backfills (backfill, pipeline, state, reason, skipped, created_at)
            VALUES (7, 'p', 'RUNNING', '', 0, '2001-02-03T00:00:00.000000000Z');
            """;

    @Test
    void attemptsOfAnOlderStoreAreShownAsTheyWere() throws SQLException {
        apply(new Migrations(List.of("0001-initial.sql", "0002-ownership.sql")));
        try (Connection connection = SqliteFile.toWrite(file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    """
                    INSERT INTO pipelines VALUES ('p', 'v', '{"tasks": []}', '2001-02-03');
                    INSERT INTO runs (run, pipeline, name, parameters, interval_start,
                                      interval_end, version, state, try, created_at)
                    VALUES (1, 'p', 'n', '{}', '2001-02-03T00:00:00.000000000Z',
                            '2001-02-04T00:00:00.000000000Z', 'v', 'RUNNING', 1,
                            '2001-02-03T00:00:00.000000000Z');
                    INSERT INTO tasks (run, task, element, state, started, token, started_at,
                                       ended_at)
                    VALUES (1, 'again', -1, 'RUNNING', 2, 5, '2001-02-03T00:00:03.000000000Z',
                            NULL),
                           (1, 'done', -1, 'FAILED', 1, 6, '2001-02-03T00:00:04.000000000Z',
                            '2001-02-03T00:00:05.000000000Z'),
                           (1, 'new', -1, 'WAITING', 0, 0, NULL, NULL);
                    INSERT INTO attempts
                    VALUES (1, 'again', -1, 4, 1, 'FAILED', 'TRANSIENT', 'no', NULL,
                            '2001-02-03T00:00:01.000000000Z', '2001-02-03T00:00:02.000000000Z'),
                           (1, 'done', -1, 6, 1, 'FAILED', 'PERMANENT', 'never', 'SUCCEEDED',
                            '2001-02-03T00:00:04.000000000Z', '2001-02-03T00:00:05.000000000Z');
                    """);
            connection.commit();
        }

        try (SqliteStore store = SqliteStore.open(file())) {
            assertThat(store.attempts(1, "again"))
                    .extracting(AttemptView::token, attempt -> attempt.status().state())
                    .containsExactly(
                            tuple(4L, AttemptState.FAILED), tuple(5L, AttemptState.RUNNING));
            assertThat(store.attempts(1, "done"))
                    .extracting(AttemptView::status)
                    .containsExactly(
                            new AttemptView.Status(
                                    AttemptState.FAILED,
                                    Optional.of(ErrorClass.PERMANENT),
                                    "never",
                                    Optional.of(AttemptState.SUCCEEDED)));
            assertThat(store.attempts(1, "new")).isEmpty();
        }
    }
}
