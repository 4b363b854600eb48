package dev.tidemark.simulation;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The intervals of the schedules that are made up here, by counting. */
final class Pieces {
    private Pieces() {}

    /** When the next interval may start. */
    static Instant after(Interval interval) {
        return interval.isEmpty() ? interval.end().plusNanos(1) : interval.end();
    }

    /** The first interval that starts at an instant or later. */
    static Optional<Interval> next(PipelineDefinition definition, Instant earliest) {
        PipelineDefinition.Timing timing = definition.timing();
        Optional<Instant> start =
                timing.bounds().from().map(local -> local.toInstant(ZoneOffset.UTC));
        Instant from = start.filter(earliest::isBefore).orElse(earliest);
        Interval found = piece(timing.schedule(), start.orElse(Instant.EPOCH), from);
        return timing.bounds()
                        .until()
                        .map(local -> local.toInstant(ZoneOffset.UTC))
                        .filter(end -> !found.start().isBefore(end))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(found);
    }

    private static Interval piece(Schedule schedule, Instant anchor, Instant from) {
        if (schedule instanceof Schedule.Daily) {
            return piece(Instant.EPOCH, Duration.ofDays(1), from);
        } else if (schedule instanceof Schedule.Every it) {
            return piece(anchor, it.length(), from);
        }
        Instant tick = piece(Instant.EPOCH, RandomTiming.TICK, from).start();
        return new Interval(tick, tick);
    }

    /** The first of the equal pieces from an anchor on that starts at an instant or later. */
    private static Interval piece(Instant anchor, Duration length, Instant from) {
        Duration since = Duration.between(anchor, from);
        long whole = Math.floorDiv(since.toNanos(), length.toNanos());
        Instant start = anchor.plus(length.multipliedBy(whole));
        if (start.isBefore(from)) {
            start = start.plus(length);
        }
        return new Interval(start, start.plus(length));
    }

    /** The first interval that ends after an instant. */
    static Optional<Interval> endingAfter(PipelineDefinition definition, Instant instant) {
        Optional<Interval> each = next(definition, instant.minus(Duration.ofDays(1)));
        while (each.filter(it -> !it.end().isAfter(instant)).isPresent()) {
            each = next(definition, after(each.get()));
        }
        return each;
    }
}
