package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryStoreTest implements StoreContract {
    private final Store store = new MemoryStore("memory");

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store reopened() {
        return store;
    }

    @Test
    void itsIssuerIsWhatItWasGiven() {
        assertThat(store.issuer()).isEqualTo("memory");
    }
}
