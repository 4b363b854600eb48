package dev.tidemark.core;

import dev.tidemark.Interval;
import dev.tidemark.Partition;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** Nothing is cut, and nothing is due: a run covers the moment it was asked for. */
public record OnDemandTimetable(ZoneId zone) implements UncutTimetable {
    @Override
    public List<Interval> startingFrom(LocalDate from, LocalDate to) {
        throw Timetable.uncut("has no schedule");
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
