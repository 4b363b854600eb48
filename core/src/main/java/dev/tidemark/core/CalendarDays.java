package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;

/**
 * Calendar days of a zone; 23 or 25 hours long where its clocks change. A day that clocks skip is
 * none, and some may be left out.
 *
 * @param time when, on the day after, a run is due
 * @param weekend days of the week that are left out
 * @param holidays dates that are left out
 */
record CalendarDays(
        LocalTime time, WallClock clock, Set<DayOfWeek> weekend, Set<LocalDate> holidays)
        implements Cut {
    @Override
    public Optional<Interval> startingFrom(Instant earliest) {
        LocalDate date = clock.date(earliest);
        Interval day = day(date);
        while (isLeftOut(date) || day.isEmpty() || day.start().isBefore(earliest)) {
            date = date.plusDays(1);
            day = day(date);
        }
        return Optional.of(day);
    }

    /** Begins a day later, since clocks that go back over midnight show the day before again. */
    @Override
    public Optional<Interval> startingBefore(Instant instant) {
        LocalDate date = clock.date(instant).plusDays(1);
        Interval day = day(date);
        while (isLeftOut(date) || day.isEmpty() || !day.start().isBefore(instant)) {
            date = date.minusDays(1);
            day = day(date);
        }
        return Optional.of(day);
    }

    /** A time that the day's clocks skip moves to the first instant after the gap. */
    @Override
    public Instant due(Interval interval) {
        Instant at = clock.first(clock.date(interval.end()).atTime(time));
        return at.isBefore(interval.end()) ? interval.end() : at;
    }

    @Override
    public String key(Interval interval) {
        return clock.date(interval.start()).toString();
    }

    private boolean isLeftOut(LocalDate date) {
        return weekend.contains(date.getDayOfWeek()) || holidays.contains(date);
    }

    /** Empty for a day that the zone skipped. */
    private Interval day(LocalDate date) {
        return new Interval(clock.startOf(date), clock.startOf(date.plusDays(1)));
    }
}
