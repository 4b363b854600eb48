package dev.tidemark.store;

import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that fail, and a disk that is full, leave nothing half-written. */
class SqliteFaultsTest {

    /** What {@link GuardsContract#turnOfEveryKind} needs to be there. */
    private static final List<Change> UNDER_WAY =
            List.of(
                    new Change.PipelineRegistered("v1", ARun.FLIGHTS),
                    new Change.RunCreated(1, identity("flights", 0), "v1", 0),
                    new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING),
                    new Change.AttemptStarted(key(1, "list"), 1, 5),
                    new Change.TaskExpanded(1, "train", 2));

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whicheverStatementOfATurnFailsNothingOfTheTurnIsLeft(boolean rollBack) {
        Faults faults = new Faults(rollBack);
        List<Change> turn = GuardsContract.turnOfEveryKind();
        try (SqliteStore store = SqliteStore.open(folder.resolve("tidemark.db"), faults::around)) {
            Samples.commit(store, UNDER_WAY, Samples.NOON);
            Samples.commit(
                    store,
                    List.of(new Change.BackfillCreated(1, Samples.plan("x", 1))),
                    Samples.NOON);
            Everything before = Everything.in(store);

            int statement = 1;
            for (faults.failAt(statement); fails(store, turn); faults.failAt(statement)) {
                faults.never();
                assertThat(Everything.in(store)).as("fault at %s", statement).isEqualTo(before);
                statement++;
            }

            assertThat(statement).isGreaterThan(2 * turn.size());
            assertThat(Everything.in(store)).isNotEqualTo(before);
            Replay.assertHistoriesTellWhatIsShown(store);
        }
    }

    private static boolean fails(Store store, List<Change> turn) {
        try {
            Samples.commit(store, turn, Samples.second(1));
            return false;
        } catch (TidemarkException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
            assertThat(e).hasMessageContaining("a fault, on purpose");
            return true;
        }
    }

    @Test
    void aFullDiskIsSaidToBeFullAndTheTurnCanBeKeptOnceThereIsRoom() {
        AtomicBoolean full = new AtomicBoolean();
        AtomicReference<Connection> inside = new AtomicReference<>();
        try (SqliteStore store =
                SqliteStore.open(
                        folder.resolve("tidemark.db"),
                        connection -> {
                            inside.set(connection);
                            return full.get() ? fullDisk(connection) : connection;
                        })) {
            Samples.commit(store, UNDER_WAY, Samples.NOON);
            Everything before = Everything.in(store);
            List<Change> large =
                    List.of(
                            new Change.TaskCleared(key(1, "train")),
                            new Change.TaskExpanded(1, "train", 10_000));
            full.set(true);
            fullDisk(inside.get());

            for (int again = 0; again < 3; again++) {
                assertThatExceptionOfType(TidemarkException.class)
                        .isThrownBy(() -> Samples.commit(store, large, Samples.second(1)))
                        .withMessageContaining("the disk is full")
                        .withMessageContaining("Free some space")
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
                assertThat(Everything.in(store)).isEqualTo(before);
            }

            full.set(false);
            Samples.commit(store, large, Samples.second(1));
            assertThat(store.tasks(1)).hasSizeGreaterThan(10_000);
            assertThat(store.history(1)).last().extracting(Recorded::seq).isEqualTo(7L);
        }
    }

    /** With no more pages than there are. */
    private static Connection fullDisk(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 1");
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
