package dev.tidemark.engine;

import dev.tidemark.core.Event;
import dev.tidemark.core.State;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.List;

/** Something to decide about that needs to look at the state and the store first. */
@FunctionalInterface
interface Question<T> {
    /**
     * Says what to decide about, and what to answer once that is kept.
     *
     * @throws dev.tidemark.TidemarkException where it is refused; nothing changes then
     */
    Reply<T> ask(State state, StoreReader store, Instant now);

    /** The events to decide about, and the answer to give once their changes are kept. */
    record Reply<T>(List<Event> events, T value) {}
}
