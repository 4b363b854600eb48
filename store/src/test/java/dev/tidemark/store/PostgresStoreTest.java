package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreTest implements StoreContract {
    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newStore();

    private @Nullable PostgresStore store;

    @BeforeEach
    void open() {
        store = PostgresStore.open(url);
    }

    @Override
    public Store store() {
        return Objects.requireNonNull(store);
    }

    @Override
    public Store reopened() {
        store().close();
        open();
        return store();
    }

    @AfterEach
    void close() {
        store().close();
    }

    @Test
    void theIssuerIsMadeOnceAndEachStoreHasItsOwn() {
        String issuer = store().issuer();

        assertThat(issuer).matches("[0-9a-f]{32}");
        assertThat(reopened().issuer()).isEqualTo(issuer);
        try (PostgresStore other = PostgresStore.open(server.newStore())) {
            assertThat(other.issuer()).isNotEqualTo(issuer);
        }
    }

    @Test
    void whoWaitsForCommandsIsToldWhenOneIsPosted() throws InterruptedException {
        BlockingQueue<List<Posted>> seen = new LinkedBlockingQueue<>();
        store().onPosted(() -> seen.add(store().posted(1)));
        assertThat(seen.take()).as("when it begins to listen").isEmpty();

        try (PostgresStore other = PostgresStore.open(url)) {
            other.post("a", CommandsContract.CANCEL, Samples.NOON);
        }

        assertThat(seen.take()).extracting(Posted::key).containsExactly("a");
    }
}
