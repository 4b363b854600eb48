package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.PoolLimit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that an older program has written in a database. */
class PostgresMigrationsTest {
    private final String url = PostgresServer.shared().newStore();

    @BeforeEach
    void writeAnOlderStore() throws SQLException {
        String schema = PostgresAddress.parse(url).schema();
        Migrations older =
                new Migrations(
                        List.of("postgres/0001-initial.sql", "postgres/0002-latest-attempts.sql"),
                        Migrations.Dialect.postgres(schema));
        try (Connection connection = PostgresServer.connect(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET search_path TO " + schema);
            older.apply(connection, new Sql(connection));
            statement.executeUpdate(MigrationsTest.OLD_BACKFILL);
            connection.commit();
        }
    }

    @Test
    void itsBackfillsAreListedAsTheyWereAsked() {
        try (PostgresStore store = PostgresStore.open(url)) {
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

    @Test
    void itHasNoSchedulesAndNoPoolsAndTakesSome() {
        try (PostgresStore store = PostgresStore.open(url)) {
            assertThat(store.schedules()).isEmpty();
            assertThat(store.pools()).isEmpty();
            PoolLimit limit = new PoolLimit("crm", 2, OptionalInt.empty());
            Samples.commit(
                    store,
                    List.of(
                            new Change.PoolSet(limit),
                            new Change.PipelineRegistered(
                                    "v1", Samples.pipeline("flights", Samples.task("only"))),
                            new Change.SchedulePaused("flights", "not yet")),
                    Samples.NOON);
            assertThat(store.pools()).containsExactly(new PoolView(limit, Samples.NOON));
            assertThat(store.schedules()).hasSize(1);
        }
    }
}
