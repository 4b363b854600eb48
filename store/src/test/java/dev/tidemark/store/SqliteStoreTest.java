package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements StoreContract {
    @TempDir Path folder;

    @org.jspecify.annotations.Nullable private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(file());
    }

    private Path file() {
        return folder.resolve("tidemark.db");
    }

    @Override
    public Store store() {
        return java.util.Objects.requireNonNull(store);
    }

    @Override
    public Store reopened() {
        close();
        open();
        return store();
    }

    @AfterEach
    void close() {
        store().close();
    }

    @Test
    void theIssuerIsMadeOnceAndEachStoreHasItsOwn() {
        String issuer = store().issuer();

        assertThat(issuer).matches("[0-9a-f]{32}");
        assertThat(reopened().issuer()).isEqualTo(issuer);
        try (SqliteStore other = SqliteStore.open(folder.resolve("other.db"))) {
            assertThat(other.issuer()).isNotEqualTo(issuer);
        }
    }

    @Test
    void aClosedStoreIsOneFile() throws Exception {
        givenARun();
        close();

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
        open();
    }

    @Test
    void anotherProcessMayPostBeforeTheFirstClaimAndTheFirstCommit() {
        try (SqliteStore other = SqliteStore.open(file())) {
            other.post("a", CommandsContract.CLEAR, Samples.NOON);
            long epoch = store().claim("owner", OwnershipContract.HOUR).orElseThrow();
            other.post("b", CommandsContract.CANCEL, Samples.NOON);

            store().commit(epoch, List.of(), Samples.NOON);
        }
        assertThat(store().posted(10)).extracting(Posted::key).containsExactly("a", "b");
    }

    @Test
    void anInterruptedThreadCommitsAllTheSame() {
        Thread.currentThread().interrupt();
        try {
            givenARun();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(store().run(1)).isPresent();
        assertThat(reopened().run(1)).isPresent();
    }

    @Test
    void whatPeopleCouldAskTheFileIsAnsweredThroughAnIndex() throws SQLException {
        Map<String, String> questions =
                Map.of(
                        "SELECT seq FROM history WHERE run = 1 ORDER BY seq",
                        "history_of_run",
                        "SELECT seq FROM history WHERE backfill = 1",
                        "history_of_backfill",
                        "SELECT state, count(*) FROM runs WHERE backfill = 1 GROUP BY state",
                        "runs_of_backfill",
                        "SELECT run FROM runs WHERE name = 'x'",
                        "sqlite_autoindex_runs_1",
                        "SELECT run FROM runs WHERE pipeline = 'x' AND parameters = '{}'"
                                + " AND interval_start BETWEEN 'a' AND 'b'",
                        "sqlite_autoindex_runs_2");
        givenARun();

        try (Connection connection = SqliteFile.toRead(file());
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> question : questions.entrySet()) {
                try (ResultSet plan =
                        statement.executeQuery("EXPLAIN QUERY PLAN " + question.getKey())) {
                    assertThat(plan.getString("detail")).contains(question.getValue());
                }
            }
        }
    }

    @Test
    void theNumbersOfAStoreThatWasEmptiedByNobodyOnlyGrow() {
        givenARun();
        commit(new Change.AttemptStarted(Samples.key(1, "list"), 1, 41));
        commit(new Change.TaskCleared(Samples.key(1, "list")));

        assertThat(reopened().lastNumbers().token()).isEqualTo(41);
    }

    @Test
    void turnsThatAreKeptKeepTheLeaseFromEnding() {
        Duration lease = Duration.ofSeconds(1);
        long epoch = store().claim("busy", lease).orElseThrow();
        long end = System.nanoTime() + 2 * lease.toNanos();
        int turn = 0;
        while (System.nanoTime() < end) {
            turn++;
            store().commit(
                            epoch,
                            List.of(new Change.BackfillCreated(turn, Samples.plan("flights", 1))),
                            Samples.second(turn));
        }

        assertThat(store().owner().orElseThrow().lease()).isPositive();
        assertThat(store().claim("other", lease)).isEmpty();
    }
}
