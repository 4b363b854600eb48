package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server, and another one that follows it. */
class PostgresStandbyTest {
    /** Each try may find that one more of the servers is not what it was. */
    private static final int MOST_TRIES = 5;

    private static final Change FAILED = new Change.RunMoved(1, RunState.RUNNING, RunState.FAILED);

    @Test
    void aStandbyIsRefusedFoundBesideItsPrimaryAndUsedOnceItIsPromoted() throws IOException {
        PostgresServer primary = PostgresServer.own();
        try {
            String url = primary.newDatabase();
            PostgresServer standby = primary.startStandby();
            try {
                // So what is acknowledged is on both.
                primary.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
                primary.execute("postgres", "SELECT pg_reload_conf()");
                refused(standby.url(PostgresServer.name(url)));
                foundAndFollowed(url, primary, standby);
            } finally {
                standby.close();
            }
        } finally {
            primary.close();
        }
    }

    private static void refused(String standby) {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> PostgresStore.open(standby))
                .withMessageContaining(standby + " is a standby")
                .withMessageContaining("Name the primary")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }

    private static void foundAndFollowed(String url, PostgresServer primary, PostgresServer standby)
            throws IOException {
        String both = url.replace("127.0.0.1:", "127.0.0.1:" + standby.port() + ",127.0.0.1:");
        try (PostgresStore store = PostgresStore.open(both)) {
            // The standby has it, and does not show it yet.
            standby.execute("postgres", "SELECT pg_wal_replay_pause()");
            Samples.commit(store, FaultsContract.UNDER_WAY, Samples.NOON);
            assertThat(store.run(1)).as("read from the one that writes").isPresent();
            Everything before = Everything.in(store);

            primary.stopImmediately();
            standby.promote();

            commitWithin(MOST_TRIES, store);
            assertThat(store.run(1).orElseThrow().state()).isEqualTo(RunState.FAILED);
            assertThat(Everything.in(store).tasks())
                    .as("nothing was lost")
                    .isEqualTo(before.tasks());
        }
    }

    /** As an engine does: after each failure it claims the store anew. */
    private static void commitWithin(int tries, Store store) {
        for (int left = tries; ; left--) {
            try {
                Samples.commit(store, List.of(FAILED), Samples.second(1));
                return;
            } catch (TidemarkException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
                if (left == 1) {
                    throw e;
                }
            }
        }
    }
}
