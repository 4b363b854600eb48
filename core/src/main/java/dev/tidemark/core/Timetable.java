package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a pipeline's time is cut into intervals, and when each is due. An interval is the same from
 * wherever it is looked for: it depends on the schedule, the zone and the bounds alone.
 */
public sealed interface Timetable permits ScheduledTimetable, UncutTimetable {
    /** Where an interval stands to the pipeline's start and end. */
    enum Standing {
        /** It starts before the pipeline does. */
        BEFORE_START,
        /** It belongs to the pipeline. */
        WITHIN,
        /** The pipeline has ended when it starts. */
        AFTER_END
    }

    /** The zone in which dates are meant. */
    ZoneId zone();

    /**
     * All intervals that start on a local date from {@code from} to {@code to}, both included,
     * oldest first.
     *
     * @throws TidemarkException where there are more than {@link BackfillPlan#MAX_INTERVALS}, or
     *     where time is not cut beforehand
     */
    List<Interval> startingFrom(LocalDate from, LocalDate to);

    /**
     * The first interval that starts at an instant or later; empty after the last, and where time
     * is not cut beforehand.
     */
    Optional<Interval> firstFrom(Instant earliest);

    /**
     * The first interval that ends after an instant: the one that holds it, or the next. Empty
     * after the last, and where time is not cut beforehand.
     */
    Optional<Interval> firstEndingAfter(Instant instant);

    /**
     * The first interval that starts when the given one is over, or later; empty after the last.
     * The given one may be of an older schedule.
     */
    Optional<Interval> after(Interval interval);

    /**
     * The last interval that is over when the given one starts; empty before the first. The given
     * one may be of an older schedule.
     */
    Optional<Interval> before(Interval interval);

    /** The latest interval whose run is due; empty where none is yet. */
    Optional<Interval> latestDue(Instant now);

    /** The interval whose run is the next to become due after {@code now}; empty where none is. */
    Optional<Interval> nextDue(Instant now);

    /** When the run of an interval may start; never before its end. */
    Instant due(Interval interval);

    /** The piece of each asset that the run of an interval owns. */
    Partition partition(Interval interval);

    /** Whether the pipeline's start and end let an interval be run. */
    Standing standing(Interval interval);

    /** The timetable of a pipeline. */
    static Timetable of(PipelineDefinition.Timing timing) {
        WallClock clock = new WallClock(timing.schedule().zone());
        Span span =
                new Span(
                        timing.bounds().from().map(clock::first),
                        timing.bounds().until().map(clock::first));
        return switch (timing.schedule()) {
            case Schedule.Daily it ->
                    new ScheduledTimetable(
                            new CalendarDays(it.time(), clock, Set.of(), Set.of()), clock, span);
            case Schedule.BusinessDays it ->
                    new ScheduledTimetable(
                            new CalendarDays(it.time(), clock, it.weekend(), it.holidays()),
                            clock,
                            span);
            case Schedule.Every it -> {
                Instant epoch = clock.first(LocalDate.EPOCH.atTime(LocalTime.MIDNIGHT));
                Instant anchor = span.from().orElse(epoch);
                yield new ScheduledTimetable(new FixedIntervals(it.length(), anchor), clock, span);
            }
            case Schedule.Cron it ->
                    new ScheduledTimetable(
                            new CronIntervals(Ticks.of(it.expressions(), clock)), clock, span);
            case Schedule.CronTrigger it ->
                    new ScheduledTimetable(
                            new CronTriggers(Ticks.of(it.expressions(), clock)), clock, span);
            case Schedule.Events it ->
                    new ScheduledTimetable(ListedIntervals.of(it.intervals()), clock, span);
            case Schedule.Once _ ->
                    new ScheduledTimetable(ListedIntervals.of(List.of(span.whole())), clock, span);
            case Schedule.Continuous _ -> new ContinuousTimetable(clock.zone(), span);
            case Schedule.OnDemand _ -> new OnDemandTimetable(clock.zone());
        };
    }

    /** What somebody is told who asks for dates where time is not cut beforehand. */
    static TidemarkException uncut(String why) {
        return new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "the pipeline " + why + ", so it has no intervals; run it without a date");
    }
}
