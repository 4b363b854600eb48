package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreTest implements StoreContract {
    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newDatabase();

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
        server.drop(url);
    }

    @Test
    void theIssuerIsMadeOnceAndEachStoreHasItsOwn() {
        String issuer = store().issuer();

        assertThat(issuer).matches("[0-9a-f]{32}");
        assertThat(reopened().issuer()).isEqualTo(issuer);
        try (PostgresStore other = PostgresStore.open(url + "?currentSchema=other")) {
            assertThat(other.issuer()).isNotEqualTo(issuer);
        }
    }
}
