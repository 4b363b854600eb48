package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Intervals that are known one by one, and of which there is a first and a last.
 *
 * @param byStart none of them over another
 */
record ListedIntervals(NavigableMap<Instant, Interval> byStart) implements Cut {
    static ListedIntervals of(List<Interval> intervals) {
        NavigableMap<Instant, Interval> byStart = new TreeMap<>();
        intervals.forEach(interval -> byStart.put(interval.start(), interval));
        return new ListedIntervals(byStart);
    }

    @Override
    public Optional<Interval> startingFrom(Instant earliest) {
        return Optional.ofNullable(byStart.ceilingEntry(earliest)).map(Map.Entry::getValue);
    }

    @Override
    public Optional<Interval> startingBefore(Instant instant) {
        return Optional.ofNullable(byStart.lowerEntry(instant)).map(Map.Entry::getValue);
    }
}
