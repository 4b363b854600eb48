package dev.tidemark.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.store.PostgresServer;
import dev.tidemark.store.StoreReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The database's server is gone for good, in the middle of runs, and its standby is promoted. */
class PromotedStandbyTest {
    private static final int LEASE_SECONDS = 2;

    @TempDir private Path folder;

    /** To two servers of the database, whichever of them writes. It is not cut. */
    private record Both(String database) implements Line {
        @Override
        public List<String> launcher() {
            return List.of();
        }

        @Override
        public void cut() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void mend() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "CI",
            matches = ".*",
            disabledReason = "it takes half a minute; with CI in the environment it runs")
    void aServerGoesOnWithTheStandbyThatWasPromotedAndNothingIsLostOrDoubled() throws Exception {
        PostgresServer primary = PostgresServer.start().orElse(null);
        assumeTrue(primary != null, "no PostgreSQL server on this machine");
        try {
            String url = primary.newDatabase();
            PostgresServer standby = primary.startStandby();
            try {
                primary.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
                primary.execute("postgres", "SELECT pg_reload_conf()");
                String hosts = "127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port();
                String both = url.replace("127.0.0.1:" + primary.port(), hosts);
                Rounds rounds = new Rounds(folder, both);
                try (Servers servers =
                        new Servers(primary, url, folder, rounds.pipelines(), LEASE_SECONDS)) {
                    servers.start(new Both(hosts));
                    promote(primary, standby, servers, rounds);
                }
            } finally {
                standby.close();
            }
        } finally {
            primary.close();
        }
    }

    private static void promote(
            PostgresServer primary, PostgresServer standby, Servers servers, Rounds rounds)
            throws Exception {
        Process request;
        try (StoreReader reader = rounds.awaitStore()) {
            request = rounds.request(servers);
            rounds.awaitFirstRun(reader);
        }
        primary.stopImmediately();
        standby.promote();

        rounds.awaitSuccess(request);
        try (StoreReader reader = rounds.awaitStore()) {
            rounds.assertNothingLostOrDoubled(reader);
        }
    }
}
