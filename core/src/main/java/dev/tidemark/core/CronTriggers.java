package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.Optional;

/** Ticks that cut nothing: intervals of length zero. */
record CronTriggers(Ticks ticks) implements Cut {
    @Override
    public Optional<Interval> startingFrom(Instant earliest) {
        return Optional.of(at(ticks.after(earliest.minusNanos(1))));
    }

    @Override
    public Optional<Interval> startingBefore(Instant instant) {
        return Optional.of(at(ticks.before(instant)));
    }

    private static Interval at(Instant tick) {
        return new Interval(tick, tick);
    }
}
