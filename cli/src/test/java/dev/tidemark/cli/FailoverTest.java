package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.store.PostgresServer;
import dev.tidemark.store.StoreReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers over one database; the active one is killed, paused beyond its lease, or cut off
 * from the database, and the database itself is restarted, while runs are under way.
 */
class FailoverTest {
    private static final int FAILOVERS = Integer.getInteger("tidemark.failovers", 4);
    private static final long SEED = Long.getLong("tidemark.seed", 20010203);
    private static final int LEASE_SECONDS = 2;

    /** Beyond the lease: a process that was waiting for a core, and the recovery. */
    private static final Duration LATEST = Duration.ofSeconds(LEASE_SECONDS + 10);

    /** The request is under way for so long, at most, when something happens to the server. */
    private static final int LATEST_MILLIS = 1_500;

    @TempDir private Path folder;

    @Test
    void whateverBecomesOfTheActiveServerNothingIsLostOrDoubled() throws Exception {
        PostgresServer database = PostgresServer.start().orElse(null);
        assumeTrue(database != null, "no PostgreSQL server on this machine");
        String url = database.newDatabase();
        Rounds rounds = new Rounds(folder, url);
        try (Servers servers =
                new Servers(database, url, folder, rounds.pipelines(), LEASE_SECONDS)) {
            for (int i = 0; i < 3; i++) {
                servers.start();
            }
            try (StoreReader reader = rounds.awaitStore()) {
                Random random = new Random(SEED);
                List<Duration> took = new ArrayList<>();
                for (int round = 0; round < FAILOVERS; round++) {
                    Process request = rounds.request(servers);
                    rounds.awaitFirstRun(reader);
                    request.waitFor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
                    took.add(servers.disturb(reader, round % 4));
                    rounds.awaitSuccess(request);
                }
                System.err.println("nobody owned the store for " + took);
                assertThat(took).allMatch(each -> each.compareTo(LATEST) < 0);
                rounds.assertNothingLostOrDoubled(reader);
            }
        } finally {
            database.close();
        }
    }
}
