package dev.tidemark.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A clock that is wrong by some time, and now and then by another. */
final class SkewedClock implements InstantSource {
    private final Supplier<Instant> truth;
    private Duration skew;

    SkewedClock(Supplier<Instant> truth, Duration skew) {
        this.truth = truth;
        this.skew = skew;
    }

    void step(Duration by) {
        skew = skew.plus(by);
    }

    @Override
    public Instant instant() {
        return truth.get().plus(skew);
    }
}
