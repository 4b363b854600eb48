package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.Optional;

/** From each tick to the next. */
record CronIntervals(Ticks ticks) implements Cut {
    @Override
    public Optional<Interval> startingFrom(Instant earliest) {
        return Optional.of(from(ticks.after(earliest.minusNanos(1))));
    }

    @Override
    public Optional<Interval> startingBefore(Instant instant) {
        return Optional.of(from(ticks.before(instant)));
    }

    private Interval from(Instant tick) {
        return new Interval(tick, ticks.after(tick));
    }
}
