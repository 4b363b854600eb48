package dev.tidemark.core;

import java.util.Optional;

/**
 * A pool that counts for itself: its slots and its rate are its own.
 *
 * @param pool the pool's name
 * @param value that of the run parameter for which it is there; empty where it is there once
 */
public record PoolKey(String pool, Optional<String> value) {
    /** For people: {@code warehouse}, or {@code crm[acme]}. */
    public String label() {
        return value.map(it -> pool + "[" + it + "]").orElse(pool);
    }
}
