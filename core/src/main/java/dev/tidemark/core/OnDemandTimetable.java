package dev.tidemark.core;

import dev.tidemark.Interval;
import dev.tidemark.Partition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Nothing is cut, and nothing is due: a run covers the moment it was asked for. */
public record OnDemandTimetable(ZoneId zone) implements Timetable {
    @Override
    public List<Interval> startingFrom(LocalDate from, LocalDate to) {
        throw Timetable.uncut("has no schedule");
    }

    @Override
    public Optional<Interval> firstFrom(Instant earliest) {
        return Optional.empty();
    }

    @Override
    public Optional<Interval> after(Interval interval) {
        return Optional.empty();
    }

    @Override
    public Optional<Interval> before(Interval interval) {
        return Optional.empty();
    }

    /** The moment it is asked for. */
    @Override
    public Optional<Interval> latestDue(Instant now) {
        return Optional.of(new Interval(now, now));
    }

    @Override
    public Optional<Interval> nextDue(Instant now) {
        return Optional.empty();
    }

    @Override
    public Instant due(Interval interval) {
        return interval.end();
    }

    @Override
    public Partition partition(Interval interval) {
        return new Partition(Partition.WHOLE, interval, zone);
    }

    /** Bounds cut intervals; here are none. */
    @Override
    public Standing standing(Interval interval) {
        return Standing.WITHIN;
    }
}
