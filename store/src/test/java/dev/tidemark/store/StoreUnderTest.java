package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.time.Instant;
import java.util.List;

/** The store that a test is about. */
interface StoreUnderTest {
    /** The store; empty when a test begins. */
    Store store();

    /** Closes the store and opens it again, as far as that means anything. */
    Store reopened();

    default void commit(Change... changes) {
        commitAt(Samples.NOON, List.of(changes));
    }

    default void commitAtSecond(int second, Change... changes) {
        commitAt(Samples.second(second), List.of(changes));
    }

    default void commitAt(Instant at, List<Change> changes) {
        Samples.commit(store(), changes, at);
    }
}
