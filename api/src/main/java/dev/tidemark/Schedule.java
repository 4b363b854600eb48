package dev.tidemark;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * When a pipeline runs, and for what: how time is cut into intervals, and how long after its end a
 * run may start.
 */
public sealed interface Schedule {
    /** The zone in which days and hours are cut. */
    ZoneId zone();

    /** Calendar days of a zone, UTC unless said otherwise; a run starts when its day is over. */
    static Daily daily() {
        return new Daily(LocalTime.MIDNIGHT, ZoneOffset.UTC);
    }

    /** Hours of elapsed time: {@code every("1h")}. */
    static Every hourly() {
        return every("1h");
    }

    /**
     * Fixed intervals of elapsed time, such as {@code 30m}, counted from the pipeline's start, or
     * from the first instant of 1970 in the schedule's zone where it has none.
     */
    static Every every(String duration) {
        return Place.named(() -> new Every(Durations.parse(duration), ZoneOffset.UTC));
    }

    /**
     * From one tick to the next; a run starts at the tick that ends its interval. Where there are
     * several expressions, the ticks of all count.
     *
     * @param expressions as {@link CronExpression} describes them: {@code 0 5 * * MON-FRI}
     */
    static Cron cron(String... expressions) {
        return Place.named(
                () ->
                        new Cron(
                                Stream.of(expressions).map(CronExpression::parse).toList(),
                                ZoneOffset.UTC));
    }

    /** Calendar days, Saturdays, Sundays and holidays left out. */
    static BusinessDays businessDays() {
        return new BusinessDays(
                LocalTime.MIDNIGHT,
                EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                Collections.emptySortedSet(),
                ZoneOffset.UTC);
    }

    /**
     * Moments or intervals that are known beforehand, in any order.
     *
     * @param events moments such as {@code 2026-06-18T12:00Z} or {@code 2026-06-18T14:00+02:00},
     *     each an interval of length zero; or intervals, from one moment to another with {@code /}
     *     between them
     */
    static Events events(String... events) {
        return Place.named(
                () -> new Events(Stream.of(events).map(Schedule::event).toList(), ZoneOffset.UTC));
    }

    /** Each run begins when the one before ended, and covers the time since that one's interval. */
    static Continuous continuous() {
        return new Continuous(ZoneOffset.UTC);
    }

    /**
     * One interval: from the pipeline's start, which must be said, to its end. Of length zero where
     * no end is said.
     */
    static Once once() {
        return new Once(ZoneOffset.UTC);
    }

    /** Runs only when asked to, over an interval of length zero. */
    static OnDemand onDemand() {
        return new OnDemand(ZoneOffset.UTC);
    }

    /**
     * A time zone by its name: {@code Europe/Zurich}.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_DEFINITION} where there is none
     */
    static ZoneId zoneNamed(String name) {
        return Zones.named(name);
    }

    /**
     * Cuts calendar days.
     *
     * @param time when, on the day after, a run may start
     */
    record Daily(LocalTime time, ZoneId zone) implements Schedule {
        public Daily at(String time) {
            return Place.named(() -> new Daily(timeOfDay(time), zone));
        }

        public Daily in(String zone) {
            return new Daily(time, Place.named(() -> Zones.named(zone)));
        }
    }

    /**
     * Cuts equal pieces of elapsed time.
     *
     * @param length at least one second
     */
    record Every(Duration length, ZoneId zone) implements Schedule {
        public Every {
            if (length.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "an interval of " + length + " is too short; the least is 1s");
            }
        }

        public Every in(String zone) {
            return new Every(length, Place.named(() -> Zones.named(zone)));
        }
    }

    /**
     * Cuts at the ticks of cron expressions.
     *
     * @param expressions one at least
     */
    record Cron(List<CronExpression> expressions, ZoneId zone) implements Schedule {
        public Cron {
            expressions = some(expressions);
        }

        public Cron in(String zone) {
            return new Cron(expressions, Place.named(() -> Zones.named(zone)));
        }

        /** Cuts nothing: at each tick a run starts over an interval of length zero. */
        public CronTrigger triggerOnly() {
            return new CronTrigger(expressions, zone);
        }
    }

    /**
     * Starts runs at the ticks of cron expressions, over intervals of length zero.
     *
     * @param expressions one at least
     */
    record CronTrigger(List<CronExpression> expressions, ZoneId zone) implements Schedule {
        public CronTrigger {
            expressions = some(expressions);
        }

        public CronTrigger in(String zone) {
            return new CronTrigger(expressions, Place.named(() -> Zones.named(zone)));
        }
    }

    /**
     * Cuts calendar days, and leaves some out: these belong to no interval.
     *
     * @param time when, on the calendar day after, a run may start
     * @param weekend days of the week that are left out, not all seven
     * @param holidays dates that are left out
     */
    record BusinessDays(
            LocalTime time, Set<DayOfWeek> weekend, SortedSet<LocalDate> holidays, ZoneId zone)
            implements Schedule {
        /** The most holidays there may be: a century of them. */
        public static final int MAX_HOLIDAYS = 10_000;

        public BusinessDays {
            weekend = Set.copyOf(weekend);
            holidays = Collections.unmodifiableSortedSet(new TreeSet<>(holidays));
            if (weekend.size() == DayOfWeek.values().length) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "the weekend has all seven days; leave one to work on");
            }
            if (holidays.size() > MAX_HOLIDAYS) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "there are "
                                + holidays.size()
                                + " holidays; the most is "
                                + MAX_HOLIDAYS
                                + ". Leave out those of years that no interval is in");
            }
        }

        public BusinessDays at(String time) {
            return Place.named(() -> new BusinessDays(timeOfDay(time), weekend, holidays, zone));
        }

        /**
         * Other days of the week than Saturday and Sunday are left out; none where none is said.
         */
        public BusinessDays weekendOn(DayOfWeek... days) {
            return Place.named(() -> new BusinessDays(time, Set.of(days), holidays, zone));
        }

        /**
         * Leaves out holidays as well. The file is read now: the pipeline's definition holds its
         * dates.
         *
         * @param beside the pipeline's class
         * @param file the name of a file in the same folder: one date a line, such as {@code
         *     2026-12-25}; what follows a {@code #} is a comment
         */
        public BusinessDays holidays(Class<?> beside, String file) {
            return Place.named(
                    () -> new BusinessDays(time, weekend, HolidayFile.read(beside, file), zone));
        }

        public BusinessDays in(String zone) {
            return new BusinessDays(time, weekend, holidays, Place.named(() -> Zones.named(zone)));
        }
    }

    /**
     * A list of intervals.
     *
     * @param intervals in the order of time, none of them over another, and no two with one start;
     *     those of length zero only trigger
     */
    record Events(List<Interval> intervals, ZoneId zone) implements Schedule {
        /** The most events there may be. */
        public static final int MAX_EVENTS = 10_000;

        public Events {
            intervals =
                    intervals.stream()
                            .sorted(
                                    Comparator.comparing(Interval::start)
                                            .thenComparing(Interval::end))
                            .toList();
            if (intervals.isEmpty() || intervals.size() > MAX_EVENTS) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "there are " + intervals.size() + " events; name 1 to " + MAX_EVENTS);
            }
            refuseOverlaps(intervals);
        }

        private static void refuseOverlaps(List<Interval> intervals) {
            for (int i = 1; i < intervals.size(); i++) {
                Interval before = intervals.get(i - 1);
                Interval next = intervals.get(i);
                if (next.start().isBefore(before.end()) || next.start().equals(before.start())) {
                    throw new TidemarkException(
                            ErrorCode.INVALID_DEFINITION,
                            "the events "
                                    + before
                                    + " and "
                                    + next
                                    + " overlap or have the same start; each needs a time of its"
                                    + " own");
                }
            }
        }

        public Events in(String zone) {
            return new Events(intervals, Place.named(() -> Zones.named(zone)));
        }
    }

    /** Cuts where runs end. */
    record Continuous(ZoneId zone) implements Schedule {
        public Continuous in(String zone) {
            return new Continuous(Place.named(() -> Zones.named(zone)));
        }
    }

    /** Cuts one interval, between the pipeline's start and end. */
    record Once(ZoneId zone) implements Schedule {
        public Once in(String zone) {
            return new Once(Place.named(() -> Zones.named(zone)));
        }
    }

    /** Cuts nothing. */
    record OnDemand(ZoneId zone) implements Schedule {
        public OnDemand in(String zone) {
            return new OnDemand(Place.named(() -> Zones.named(zone)));
        }
    }

    private static List<CronExpression> some(List<CronExpression> expressions) {
        if (expressions.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "a cron schedule needs an expression, such as '0 5 * * *'");
        }
        return List.copyOf(expressions);
    }

    private static Interval event(String text) {
        try {
            List<OffsetDateTime> ends =
                    Stream.of(text.split("/", -1)).map(OffsetDateTime::parse).toList();
            boolean isWhole = ends.stream().allMatch(end -> end.getNano() == 0);
            if (ends.size() <= 2 && isWhole) {
                Instant start = ends.getFirst().toInstant();
                Instant end = ends.getLast().toInstant();
                refuseBackwards(text, start, end);
                return new Interval(start, end);
            }
        } catch (DateTimeException e) {
            throw new TidemarkException(ErrorCode.INVALID_DEFINITION, notAnEvent(text), e);
        }
        throw new TidemarkException(ErrorCode.INVALID_DEFINITION, notAnEvent(text));
    }

    private static void refuseBackwards(String text, Instant start, Instant end) {
        if (end.isBefore(start)) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "the event '" + text + "' ends before it starts; write the earlier one first");
        }
    }

    private static String notAnEvent(String text) {
        return "'"
                + text
                + "' is no event; write a moment in whole seconds with its offset, as"
                + " 2026-06-18T12:00Z, or two of them with / between";
    }

    private static LocalTime timeOfDay(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "'" + text + "' is not a time of day; write it as 05:00",
                    e);
        }
    }
}
