package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.util.List;

/** The store that a test is about. */
interface StoreUnderTest {
    /** The store; empty when a test begins. */
    Store store();

    /** Closes the store and opens it again, as far as that means anything. */
    Store reopened();

    default void commit(Change... changes) {
        store().commit(List.of(changes), Samples.NOON);
    }

    default void commitAtSecond(int second, Change... changes) {
        store().commit(List.of(changes), Samples.second(second));
    }
}
