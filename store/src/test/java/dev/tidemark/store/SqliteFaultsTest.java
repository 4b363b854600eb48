package dev.tidemark.store;

import static dev.tidemark.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that fail, and a disk that is full, leave nothing half-written. */
class SqliteFaultsTest implements FaultsContract {

    @TempDir Path folder;

    private int stores;

    private Path file() {
        return folder.resolve(stores + ".db");
    }

    @Override
    public Store openNew(UnaryOperator<Connection> around) {
        stores++;
        return SqliteStore.open(file(), around);
    }

    @Override
    public Store openAgain() {
        return SqliteStore.open(file());
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
