package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How time is cut into intervals that follow each other, whatever a pipeline's start and end. */
sealed interface Cut
        permits CalendarDays, FixedIntervals, CronIntervals, CronTriggers, ListedIntervals {
    /** An interval's start as it is written in keys. */
    DateTimeFormatter KEY =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The first interval that starts at an instant or later. */
    Optional<Interval> startingFrom(Instant earliest);

    /** The last interval that starts before an instant. */
    Optional<Interval> startingBefore(Instant instant);

    /** When the run of an interval may start; the later of two intervals is never due earlier. */
    default Instant due(Interval interval) {
        return interval.end();
    }

    /** Names an interval; no two have the same. */
    default String key(Interval interval) {
        return KEY.format(interval.start());
    }
}
