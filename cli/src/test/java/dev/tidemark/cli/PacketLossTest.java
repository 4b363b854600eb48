package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.store.PostgresServer;
import dev.tidemark.store.StoreReader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A server in a network of its own, from which no packet arrives any more for a while. */
class PacketLossTest {
    private static final int LEASE_SECONDS = 2;
    private static final Duration LATEST = Duration.ofSeconds(LEASE_SECONDS + 10);

    @TempDir private Path folder;

    @Test
    @EnabledIfEnvironmentVariable(
            named = "CI",
            matches = ".*",
            disabledReason = "it takes half a minute; with CI in the environment it runs")
    void aServerWhosePacketsAreLostIsReplacedAndStandsByOnceTheyArriveAgain() throws Exception {
        int port = PostgresServer.freePort();
        try (NetworkNamespace network = NetworkNamespace.before(port)) {
            PostgresServer database =
                    PostgresServer.startAt(port, "listen_addresses=127.0.0.1," + network.outside())
                            .orElse(null);
            assumeTrue(database != null, "no PostgreSQL server on this machine");
            try {
                database.letIn(network.inside());
                String url = database.newDatabase();
                Rounds rounds = new Rounds(folder, url);
                try (Servers servers =
                        new Servers(database, url, folder, rounds.pipelines(), LEASE_SECONDS)) {
                    servers.start(network);
                    try (StoreReader reader = rounds.awaitStore()) {
                        Servers.Server cutOff = servers.active(reader);
                        assertThat(cutOff.line()).isSameAs(network);
                        servers.start();
                        losePackets(servers, rounds, reader, cutOff);
                        killTheOther(servers, rounds, reader, cutOff);
                        rounds.assertNothingLostOrDoubled(reader);
                    }
                }
            } finally {
                database.close();
            }
        }
    }

    private static void losePackets(
            Servers servers, Rounds rounds, StoreReader reader, Servers.Server cutOff)
            throws Exception {
        long epoch = reader.owner().orElseThrow().epoch();
        Process request = rounds.request(servers);
        rounds.awaitFirstRun(reader);
        long since = System.nanoTime();
        cutOff.line().cut();
        Servers.awaitOwner(reader, epoch);
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        System.err.println("nobody owned the store for " + took);
        assertThat(took).isLessThan(LATEST);
        assertThat(servers.active(reader)).isNotEqualTo(cutOff);
        cutOff.line().mend();
        rounds.awaitSuccess(request);
    }

    /** So it is seen that the one that was cut off stands by again, and knows what is so. */
    private static void killTheOther(
            Servers servers, Rounds rounds, StoreReader reader, Servers.Server cutOff)
            throws Exception {
        long epoch = reader.owner().orElseThrow().epoch();
        Process request = rounds.request(servers);
        rounds.awaitFirstRun(reader);
        servers.kill(servers.active(reader));
        Servers.awaitOwner(reader, epoch);
        assertThat(servers.active(reader)).isEqualTo(cutOff);
        rounds.awaitSuccess(request);
    }
}
