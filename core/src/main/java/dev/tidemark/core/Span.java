package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.Optional;

/**
 * Between which instants the intervals of a pipeline start.
 *
 * @param from the first instant at which one may start
 * @param until the first instant at which none starts any more
 */
record Span(Optional<Instant> from, Optional<Instant> until) {
    Timetable.Standing standing(Interval interval) {
        if (from.isPresent() && interval.start().isBefore(from.get())) {
            return Timetable.Standing.BEFORE_START;
        }
        return until.isPresent() && !interval.start().isBefore(until.get())
                ? Timetable.Standing.AFTER_END
                : Timetable.Standing.WITHIN;
    }

    boolean holds(Interval interval) {
        return standing(interval) == Timetable.Standing.WITHIN;
    }

    /** The later of the start and an instant. */
    Instant atLeast(Instant instant) {
        return from.filter(instant::isBefore).orElse(instant);
    }

    /** The earlier of the end and an instant. */
    Instant atMost(Instant instant) {
        return until.filter(instant::isAfter).orElse(instant);
    }

    /** From its start, which there is, to its end; of length zero where that is open. */
    Interval whole() {
        Instant start = from.orElseThrow();
        return new Interval(start, until.orElse(start));
    }
}
