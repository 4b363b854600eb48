package dev.tidemark.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * How an engine fares. What it says is honest only with its age: an engine that hangs says nothing
 * new.
 *
 * @param role what it did last
 * @param epoch the last under which it owned the store, 0 for none
 * @param at when it last ended a full turn, or was told that another engine owns the store
 * @param trouble why it could do neither since; empty where all is well
 */
public record Health(Role role, long epoch, Instant at, String trouble) {
    /** What an engine does. */
    public enum Role {
        /** It has not reached the store yet. */
        STARTING,
        /** Another engine owns the store; this one waits for the lease to end. */
        STANDBY,
        /** It owns the store, and does the work. */
        ACTIVE,
        /** It has stopped for good. */
        STOPPED
    }

    /** Whether it did its part not longer ago than it may take. */
    public boolean isGood(Instant now, Duration patience) {
        return role != Role.STOPPED && !at.plus(patience).isBefore(now);
    }
}
