package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A turn that others hold up is tried again, whole, and no more often than may be. */
class PostgresConflictsTest {
    /** A turn is tried so often; after each but the last it is taken back. */
    private static final int TRIES = 4;

    private static final List<Change> TURN = GuardsContract.turnOfEveryKind();

    private final PostgresServer server = PostgresServer.shared();
    private final AtomicInteger takenBack = new AtomicInteger();

    /** What is done before a turn is taken back for the first time. */
    private volatile Runnable atFirstConflict = () -> {};

    /** What is done before each statement is prepared. */
    private volatile Runnable atStatement = () -> {};

    private String url = server.newStore();
    private @Nullable Connection other;

    /** What somebody else holds. */
    enum Held {
        OWNER("SELECT epoch FROM owner FOR UPDATE"),
        TASKS("SELECT state FROM tasks FOR UPDATE");

        private final String sql;

        Held(String sql) {
            this.sql = sql;
        }
    }

    @BeforeEach
    void connect() throws SQLException {
        other = another();
    }

    @AfterEach
    void letGo() throws SQLException {
        other().close();
    }

    private Connection another() throws SQLException {
        Connection connection = PostgresServer.connect(url);
        connection.setAutoCommit(false);
        return connection;
    }

    private Connection other() {
        return Objects.requireNonNull(other);
    }

    /** A store that soon gives up waiting for a lock, and soon looks for a deadlock. */
    private PostgresStore impatient() {
        return PostgresStore.open(
                url,
                connection -> {
                    try {
                        execute(connection, "SET lock_timeout = '100ms'");
                        execute(connection, "SET deadlock_timeout = '10ms'");
                        connection.commit();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                    return watched(connection);
                });
    }

    private Connection watched(Connection connection) {
        return Faults.before(
                "rollback",
                () -> {
                    if (takenBack.incrementAndGet() == 1) {
                        atFirstConflict.run();
                    }
                },
                Faults.before("prepareStatement", () -> atStatement.run(), connection));
    }

    private static void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long claimed(Store store) {
        return store.claim("tests", OwnershipContract.HOUR).orElseThrow();
    }

    private static Everything whole() {
        Store twin = new MemoryStore("memory");
        Samples.commit(twin, FaultsContract.UNDER_WAY, Samples.NOON);
        Samples.commit(twin, TURN, Samples.second(1));
        return Everything.in(twin);
    }

    @ParameterizedTest
    @EnumSource
    void aTurnThatIsHeldUpForAWhileIsKeptOnce(Held held) {
        try (PostgresStore store = impatient()) {
            long epoch = claimed(store);
            store.commit(epoch, FaultsContract.UNDER_WAY, Samples.NOON);
            execute(other(), held.sql);
            atFirstConflict = () -> rollback(other());

            store.commit(epoch, TURN, Samples.second(1));

            assertThat(takenBack).as("it was held up").hasPositiveValue();
            assertThat(Everything.in(store)).isEqualTo(whole());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTurnThatIsHeldUpForTooLongIsRefusedAndNothingOfItIsKept(Held held) {
        try (PostgresStore store = impatient()) {
            long epoch = claimed(store);
            store.commit(epoch, FaultsContract.UNDER_WAY, Samples.NOON);
            Everything before = Everything.in(store);
            execute(other(), held.sql);

            assertThatExceptionOfType(TidemarkException.class)
                    .isThrownBy(() -> store.commit(epoch, TURN, Samples.second(1)))
                    .withMessageContaining("others held it up, again and again")
                    .withMessageContaining("Look who holds locks there")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));

            assertThat(takenBack).hasValue(TRIES - 1);
            assertThat(Everything.in(store)).isEqualTo(before);
            rollback(other());
            store.commit(epoch, TURN, Samples.second(1));
            assertThat(Everything.in(store)).isEqualTo(whole());
        }
    }

    /** The other one waits for the owner's row, and the store, which has it, for the other's. */
    @Test
    void aTurnThatIsTheVictimOfADeadlockIsKeptOnce() throws SQLException {
        try (PostgresStore store = impatient();
                Connection watching = another()) {
            long epoch = claimed(store);
            store.commit(epoch, FaultsContract.UNDER_WAY, Samples.NOON);
            assertThatExceptionOfType(TidemarkException.class)
                    .as("after that, a turn begins with the owner's row and a look")
                    .isThrownBy(() -> store.commit(epoch, List.of(misfit()), Samples.second(1)));
            takenBack.set(0);
            int others = backend(other());
            execute(other(), "SET deadlock_timeout = '1h'");
            execute(other(), Held.TASKS.sql);
            AtomicInteger statements = new AtomicInteger();
            CompletableFuture<?>[] waiting = new CompletableFuture<?>[1];
            atStatement =
                    () -> {
                        if (statements.incrementAndGet() == 2) {
                            waiting[0] = CompletableFuture.runAsync(this::haveOwnerThenLetGo);
                            awaitLock(watching, others);
                        }
                    };

            store.commit(epoch, TURN, Samples.second(1));

            Objects.requireNonNull(waiting[0]).join();
            assertThat(takenBack).hasValue(1);
            assertThat(Everything.in(store)).isEqualTo(whole());
        }
    }

    private static Change misfit() {
        return new Change.RunMoved(99, RunState.QUEUED, RunState.RUNNING);
    }

    private void haveOwnerThenLetGo() {
        execute(other(), Held.OWNER.sql);
        rollback(other());
    }

    /** Some databases are set up so that a transaction sees what was so when it began. */
    @Test
    void aTurnThatSawWhatIsNoLongerSoIsKeptOnce() throws SQLException {
        url = server.newDatabase();
        server.execute(
                "postgres",
                "ALTER DATABASE "
                        + PostgresServer.name(url)
                        + " SET default_transaction_isolation = 'repeatable read'");
        AtomicInteger backend = new AtomicInteger();
        try (PostgresStore store =
                        PostgresStore.open(
                                url,
                                connection -> {
                                    backend.set(backend(connection));
                                    rollback(connection);
                                    return watched(connection);
                                });
                Connection holding = another();
                Connection watching = another()) {
            long epoch = claimed(store);
            store.commit(epoch, FaultsContract.UNDER_WAY, Samples.NOON);
            execute(holding, "UPDATE tidemark.owner SET until = until");
            CompletableFuture<Void> commit =
                    CompletableFuture.runAsync(() -> store.commit(epoch, TURN, Samples.second(1)));
            awaitLock(watching, backend.get());

            holding.commit();
            commit.join();

            assertThat(takenBack).hasValue(1);
            assertThat(Everything.in(store)).isEqualTo(whole());
        }
        server.drop(url);
    }

    private static int backend(Connection connection) {
        return number(connection, "SELECT pg_backend_pid()");
    }

    private static int number(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Looks again and again whether a session waits for a lock of another. */
    private static void awaitLock(Connection watching, int backend) {
        String waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " + backend;
        while (number(watching, waits) == 0) {
            Thread.onSpinWait();
        }
    }
}
