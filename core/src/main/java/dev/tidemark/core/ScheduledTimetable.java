package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Time is cut beforehand: each interval is known before it begins, and due by the clock. */
public final class ScheduledTimetable implements Timetable {
    private final Cut cut;
    private final WallClock clock;
    private final Span span;

    ScheduledTimetable(Cut cut, WallClock clock, Span span) {
        this.cut = cut;
        this.clock = clock;
        this.span = span;
    }

    @Override
    public ZoneId zone() {
        return clock.zone();
    }

    @Override
    public List<Interval> startingFrom(LocalDate from, LocalDate to) {
        Instant end = clock.startOf(to.plusDays(1));
        List<Interval> found = new ArrayList<>();
        Optional<Interval> next = firstFrom(clock.startOf(from));
        while (next.isPresent() && next.get().start().isBefore(end)) {
            if (found.size() == BackfillPlan.MAX_INTERVALS) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "the range from "
                                + from
                                + " to "
                                + to
                                + " holds more than "
                                + BackfillPlan.MAX_INTERVALS
                                + " intervals, the most at once. Ask for the days up to "
                                + found.getLast().start().atZone(zone()).toLocalDate().minusDays(1)
                                + " first, and then for the rest");
            }
            found.add(next.get());
            next = after(next.get());
        }
        return found;
    }

    @Override
    public Optional<Interval> firstFrom(Instant earliest) {
        return cut.startingFrom(span.atLeast(earliest)).filter(span::holds);
    }

    @Override
    public Optional<Interval> firstEndingAfter(Instant instant) {
        Optional<Interval> before =
                cut.startingBefore(span.atMost(instant))
                        .filter(span::holds)
                        .filter(it -> it.end().isAfter(instant));
        if (before.isPresent()) {
            return before;
        }
        Optional<Interval> next = firstFrom(instant);
        return next.filter(it -> !it.end().isAfter(instant)).isPresent() ? after(next.get()) : next;
    }

    @Override
    public Optional<Interval> after(Interval interval) {
        return firstFrom(interval.isEmpty() ? interval.end().plusNanos(1) : interval.end());
    }

    @Override
    public Optional<Interval> before(Interval interval) {
        Optional<Interval> before = cut.startingBefore(span.atMost(interval.start()));
        // One of an older schedule may begin amid one of this.
        if (before.isPresent() && before.get().end().isAfter(interval.start())) {
            before = cut.startingBefore(before.get().start());
        }
        return before.filter(span::holds);
    }

    @Override
    public Optional<Interval> latestDue(Instant now) {
        Optional<Interval> latest = cut.startingBefore(span.atMost(now.plusNanos(1)));
        while (latest.filter(span::holds).isPresent() && due(latest.get()).isAfter(now)) {
            latest = cut.startingBefore(latest.get().start());
        }
        return latest.filter(span::holds);
    }

    @Override
    public Optional<Interval> nextDue(Instant now) {
        Optional<Interval> latest = latestDue(now);
        return latest.isPresent() ? after(latest.get()) : firstFrom(Instant.MIN);
    }

    @Override
    public Instant due(Interval interval) {
        return cut.due(interval);
    }

    @Override
    public Partition partition(Interval interval) {
        return new Partition(cut.key(interval), interval, zone());
    }

    @Override
    public Standing standing(Interval interval) {
        return span.standing(interval);
    }

    @Override
    public String toString() {
        return cut + " of " + span;
    }
}
