package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.io.IOException;
import java.sql.Connection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that fails, goes away or is not safe loses nothing, and says what is the matter. */
class PostgresFaultsTest implements FaultsContract {
    private final PostgresServer server = PostgresServer.shared();
    private String url = server.newStore();

    @Override
    public Store openNew(UnaryOperator<Connection> around) {
        url = server.newStore();
        return PostgresStore.open(url, around);
    }

    @Override
    public Store openAgain() {
        return PostgresStore.open(url);
    }

    @Test
    void aServerThatIsKilledAndComesBackHasWhatWasCommitted() throws IOException {
        try (PostgresStore store = PostgresStore.open(url)) {
            Samples.commit(store, UNDER_WAY, Samples.NOON);
            Everything before = Everything.in(store);

            server.kill();
            assertThatExceptionOfType(TidemarkException.class)
                    .isThrownBy(() -> Samples.commit(store, List.of(), Samples.NOON))
                    .withMessageContaining("does not answer")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
            assertThatExceptionOfType(TidemarkException.class)
                    .isThrownBy(store::issuer)
                    .withMessageContaining("does not answer");
            server.restart();

            assertThat(Everything.in(store)).isEqualTo(before);
            Samples.commit(
                    store,
                    List.of(new Change.RunMoved(1, RunState.RUNNING, RunState.FAILED)),
                    Samples.second(1));
            assertThat(store.run(1).orElseThrow().state()).isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void aReaderDoesNotNoticeThatTheServerWasStartedAgain() throws IOException {
        try (PostgresStore store = PostgresStore.open(url);
                StoreReader reader = PostgresStore.reader(url)) {
            Samples.commit(store, UNDER_WAY, Samples.NOON);
            Everything before = Everything.in(reader);

            server.stopImmediately();
            server.restart();

            assertThat(Everything.in(reader)).isEqualTo(before);
        }
    }

    @Test
    void aDatabaseThatAnswersBeforeItHasWrittenIsRefused() {
        String unsafe = server.newDatabase();
        server.execute(
                "postgres",
                "ALTER DATABASE " + PostgresServer.name(unsafe) + " SET synchronous_commit = off");

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> PostgresStore.open(unsafe))
                .withMessageContaining("synchronous_commit is off")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        server.drop(unsafe);
    }

    @Test
    void aDatabaseThatOnlyReadsIsRefused() {
        String standby = server.newDatabase();
        server.execute(
                "postgres",
                "ALTER DATABASE "
                        + PostgresServer.name(standby)
                        + " SET default_transaction_read_only = on");

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> PostgresStore.open(standby))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        server.drop(standby);
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedAndSoIsWhatMakesOne() {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> PostgresStore.open(server.url("nowhere")))
                .withMessageContaining("/nowhere")
                .withMessageContaining("createdb");
    }

    @Test
    void aReaderOfNoStoreSaysSoAndMakesNone() {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> PostgresStore.reader(url))
                .withMessageContaining("nothing has been run")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        assertThat(PostgresStore.exists(url)).isFalse();
        PostgresStore.open(url).close();
        assertThat(PostgresStore.exists(url)).isTrue();
    }

    @Test
    void severalThatBeginAtOnceMakeTheTablesOnce() {
        List<String> issuers =
                IntStream.range(0, 4)
                        .parallel()
                        .mapToObj(
                                _ -> {
                                    try (PostgresStore store = PostgresStore.open(url)) {
                                        return store.issuer();
                                    }
                                })
                        .distinct()
                        .toList();

        assertThat(issuers).hasSize(1);
    }

    @Test
    void ofTwoThatClaimAtTheSameMomentOneIsTheOwner() {
        PostgresStore.open(url).close();
        for (int round = 0; round < 10; round++) {
            String name = "round " + round + " of ";
            List<Long> epochs =
                    IntStream.range(0, 4)
                            .parallel()
                            .mapToObj(
                                    each -> {
                                        try (PostgresStore store = PostgresStore.open(url)) {
                                            return store.claim(name + each, OwnershipContract.HOUR);
                                        }
                                    })
                            .flatMap(java.util.Optional::stream)
                            .toList();
            assertThat(epochs).containsExactly(round + 1L);
            try (PostgresStore store = PostgresStore.open(url)) {
                store.release(round + 1L);
            }
        }
    }
}
