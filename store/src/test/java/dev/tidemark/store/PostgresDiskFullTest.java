package dev.tidemark.store;

import static dev.tidemark.store.Samples.identity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server whose disk is full: what was acknowledged stays, and it goes on once there is room. */
class PostgresDiskFullTest {
    /** For the server's programs too, where none are installed. */
    private static final int DISK_MIB = 200;

    private static final int MOST_TURNS = 10_000;
    private static final int MOST_TRIES = 1_000;

    /** The last run whose turn was acknowledged. */
    private long acknowledged;

    @Test
    void aFullDiskIsSaidToBeFullAndTheSameStoreGoesOnOnceThereIsRoom() throws IOException {
        try (SmallDisk disk = SmallDisk.ofMebibytes(DISK_MIB)) {
            // Not on that disk: a server whose log cannot be written does not last to say so.
            Path log = Files.createTempDirectory("tidemark-wal");
            PostgresServer server = PostgresServer.ownIn(disk.folder("server"), Optional.of(log));
            try (PostgresStore store = PostgresStore.open(server.url("postgres"))) {
                begin(store);
                disk.fill();

                TidemarkException refusal = commitUntilRefused(store);
                assertThat(refusal.code()).isEqualTo(ErrorCode.DISK_FULL);
                assertThat(refusal)
                        .hasMessageContaining("the disk of the server is full")
                        .hasMessageContaining("nothing of it was kept")
                        .hasMessageContaining("Free some space there");
                assertAllIsThere(store);

                disk.makeRoom();
                commitNext(store);
                assertAllIsThere(store);
            } finally {
                server.close();
                Commands.run("rm", "-r", log.toString());
            }
        }
    }

    /** The server cannot go on without its log: it ends in the middle of a turn. */
    @Test
    void aFullDiskOfTheServersLogLosesNothingThatWasAcknowledged() throws IOException {
        try (SmallDisk disk = SmallDisk.ofMebibytes(DISK_MIB)) {
            PostgresServer server =
                    PostgresServer.ownIn(
                            Files.createTempDirectory("tidemark-postgres"),
                            Optional.of(disk.folder("log")));
            try (PostgresStore store = PostgresStore.open(server.url("postgres"))) {
                begin(store);
                disk.fill();
                assertThat(commitUntilRefused(store).code())
                        .isIn(ErrorCode.DISK_FULL, ErrorCode.STORE_FAILED);

                disk.makeRoom();
                commitOnceItIsThereAgain(store, server);
                assertAllIsThere(store);
            } finally {
                server.close();
            }
        }
    }

    /**
     * It comes back by itself, or cannot, and somebody starts it. It may have kept a turn and not
     * have lived to say so.
     */
    private void commitOnceItIsThereAgain(Store store, PostgresServer server) throws IOException {
        long before = acknowledged;
        for (int tries = 0; acknowledged <= before; tries++) {
            try {
                long kept = store.lastNumbers().run();
                assertThat(kept).isBetween(acknowledged, acknowledged + 1);
                acknowledged = kept;
                commitNext(store);
            } catch (TidemarkException refusal) {
                assertThat(tries).as("tries until: %s", refusal).isLessThan(MOST_TRIES);
                if (!server.isRunning()) {
                    server.restart();
                }
            }
        }
    }

    private void begin(Store store) {
        Samples.commit(
                store, List.of(new Change.PipelineRegistered("v1", ARun.FLIGHTS)), Samples.NOON);
        commitNext(store);
    }

    private void commitNext(Store store) {
        long run = acknowledged + 1;
        Samples.commit(
                store,
                List.of(
                        new Change.RunCreated(run, identity("flights", (int) run), "v1", 0),
                        new Change.RunMoved(run, RunState.QUEUED, RunState.RUNNING),
                        new Change.TaskExpanded(run, "train", 100)),
                Samples.NOON);
        acknowledged = run;
    }

    private TidemarkException commitUntilRefused(Store store) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            try {
                commitNext(store);
            } catch (TidemarkException refusal) {
                return refusal;
            }
        }
        throw new AssertionError("there is room for " + acknowledged + " runs");
    }

    private void assertAllIsThere(StoreReader store) {
        assertThat(store.lastNumbers().run()).isEqualTo(acknowledged);
        for (long run = 1; run <= acknowledged; run++) {
            assertThat(store.history(run)).as("run %s", run).hasSize(3);
            assertThat(store.tasks(run)).as("run %s", run).hasSizeGreaterThan(100);
        }
    }
}
