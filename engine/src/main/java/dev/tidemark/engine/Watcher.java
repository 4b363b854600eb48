package dev.tidemark.engine;

import dev.tidemark.core.Change;
import java.time.Instant;
import java.util.List;

/**
 * Is told of all changes once they are kept, in order, by whoever takes the turn: one thread at a
 * time, and not always the same. It must be quick.
 */
@FunctionalInterface
public interface Watcher {
    /** Nobody watches. */
    Watcher NOBODY = (changes, at) -> {};

    void committed(List<Change> changes, Instant at);
}
