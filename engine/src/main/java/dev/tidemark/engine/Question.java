package dev.tidemark.engine;

import dev.tidemark.core.Event;
import dev.tidemark.core.State;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Something to decide about that needs to look at the state and the store first. */
@FunctionalInterface
interface Question<T> {
    /**
     * Says what to decide about, and what to answer once that is kept.
     *
     * @throws dev.tidemark.TidemarkException where it is refused; nothing changes then
     */
    Reply<T> ask(State state, StoreReader store, Instant now);

    /** Whether it looks at what the store keeps: all that was decided before has to be there. */
    default boolean looksAtStore() {
        return false;
    }

    /** The same question, with an answer made of its answer. */
    default <R> Question<R> map(Function<T, R> answer) {
        Question<T> question = this;
        return new Question<>() {
            @Override
            public Reply<R> ask(State state, StoreReader store, Instant now) {
                Reply<T> reply = question.ask(state, store, now);
                return new Reply<>(reply.events(), answer.apply(reply.value()));
            }

            @Override
            public boolean looksAtStore() {
                return question.looksAtStore();
            }
        };
    }

    /** The events to decide about, and the answer to give once their changes are kept. */
    record Reply<T>(List<Event> events, T value) {}
}
