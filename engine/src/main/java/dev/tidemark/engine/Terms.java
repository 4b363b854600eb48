package dev.tidemark.engine;

import java.time.Duration;

/**
 * On what terms an engine takes part.
 *
 * @param name tells it from all other engines that ever had the store open
 * @param lease for how long it stays the owner of the store after each commit
 * @param slots how many attempts may run at once
 * @param scope whose work it does
 * @param maxOutage how long the store may be away, or another engine its owner, before it gives up
 */
public record Terms(String name, Duration lease, int slots, Scope scope, Duration maxOutage) {
    /** The lease where nobody asks for another: longer than most pauses, shorter than a coffee. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration MIN_LEASE = Duration.ofMillis(100);

    /** Whose work an engine does. */
    public enum Scope {
        /** What was asked of this very engine: that of a command. */
        OWN_REQUESTS,
        /** All that was left unfinished, and what is posted; schedules start nothing. */
        ALL_REQUESTS,
        /** The same, and what is due: that of a server. */
        EVERYTHING
    }

    public Terms {
        if (slots < 1) {
            throw new IllegalArgumentException("an engine needs a slot, not " + slots);
        }
        if (lease.compareTo(MIN_LEASE) < 0) {
            throw new IllegalArgumentException(
                    "a lease must be " + MIN_LEASE + " or longer, not " + lease);
        }
    }

    /** For a command over a home that no other process can have at the same time. */
    public static Terms ofCommand(int slots) {
        return new Terms("the home's", LEASE, slots, Scope.OWN_REQUESTS, Duration.ZERO);
    }
}
