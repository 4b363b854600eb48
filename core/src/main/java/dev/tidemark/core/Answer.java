package dev.tidemark.core;

import dev.tidemark.ErrorCode;

/** What the engine says to a {@link Command}. */
public sealed interface Answer {
    /**
     * It is so from now on.
     *
     * @param backfill the backfill that carries it out, 0 where there is nothing to carry out
     */
    record Accepted(long backfill) implements Answer {}

    /** Nothing has changed. */
    record Refused(ErrorCode code, String message) implements Answer {}
}
