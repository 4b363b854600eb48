package dev.tidemark.core;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which a pipeline was not to start anything by itself.
 *
 * @param from the first instant of it
 * @param until the first instant after it; empty as long as it lasts
 */
public record Pause(Instant from, Optional<Instant> until) {
    boolean holds(Instant instant) {
        return !instant.isBefore(from) && until.filter(end -> !instant.isBefore(end)).isEmpty();
    }
}
