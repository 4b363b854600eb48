package dev.tidemark.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who owns a store in memory.
 *
 * @param epoch 0 as long as nobody ever claimed it
 */
record MemoryLease(String name, long epoch, Duration length, Instant until) {
    static final MemoryLease NOBODY = new MemoryLease("", 0, Duration.ZERO, Instant.MIN);

    /** The lease of a new owner; empty where the one there is holds. */
    Optional<MemoryLease> claim(String owner, Duration newLength, Instant now) {
        return until.isAfter(now) && !name.equals(owner)
                ? Optional.empty()
                : Optional.of(new MemoryLease(owner, epoch + 1, newLength, now.plus(newLength)));
    }

    MemoryLease renewed(Instant now) {
        return new MemoryLease(name, epoch, length, now.plus(length));
    }

    MemoryLease released(Instant now) {
        return new MemoryLease(name, epoch, length, now);
    }

    Optional<Owner> owner(Instant now) {
        return epoch == 0
                ? Optional.empty()
                : Optional.of(new Owner(name, epoch, Duration.between(now, until)));
    }
}
