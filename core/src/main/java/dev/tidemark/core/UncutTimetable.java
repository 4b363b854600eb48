package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.Optional;

/** Time is not cut beforehand: which intervals there are, only the runs know. */
public sealed interface UncutTimetable extends Timetable
        permits ContinuousTimetable, OnDemandTimetable {
    @Override
    default Optional<Interval> firstFrom(Instant earliest) {
        return Optional.empty();
    }

    @Override
    default Optional<Interval> firstEndingAfter(Instant instant) {
        return Optional.empty();
    }

    @Override
    default Optional<Interval> after(Interval interval) {
        return Optional.empty();
    }

    @Override
    default Optional<Interval> before(Interval interval) {
        return Optional.empty();
    }

    /** For a run by hand: the moment it is asked for. */
    @Override
    default Optional<Interval> latestDue(Instant now) {
        return Optional.of(new Interval(now, now));
    }

    @Override
    default Optional<Interval> nextDue(Instant now) {
        return Optional.empty();
    }

    @Override
    default Instant due(Interval interval) {
        return interval.end();
    }
}
