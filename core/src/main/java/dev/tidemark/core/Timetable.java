package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a pipeline's time is cut into intervals, and when each is due. */
public sealed interface Timetable {
    /** The zone in which dates are meant. */
    ZoneId zone();

    /**
     * All intervals that start on a local date from {@code from} to {@code to}, both included,
     * oldest first.
     *
     * @throws TidemarkException where there are more than {@link BackfillPlan#MAX_INTERVALS}
     */
    List<Interval> startingFrom(LocalDate from, LocalDate to);

    /** The latest interval whose run is due; empty where none is yet. */
    Optional<Interval> latestDue(Instant now);

    /** When the run of an interval may start. */
    Instant due(Interval interval);

    /** The interval just before; empty before the first. */
    Optional<Interval> before(Interval interval);

    /** The piece of each asset that the run of an interval owns. */
    Partition partition(Interval interval);

    /** The timetable of a pipeline. */
    static Timetable of(PipelineDefinition.Timing timing) {
        return switch (timing.schedule()) {
            case Schedule.Daily daily -> new Days(daily.time(), daily.zone(), timing.startingOn());
            case Schedule.Every every ->
                    new Pieces(every.length(), every.zone(), timing.startingOn());
            case Schedule.OnDemand onDemand -> new OnDemand(onDemand.zone());
        };
    }

    /** Calendar days of a zone; 23 or 25 hours long where its clocks change. */
    record Days(LocalTime time, ZoneId zone, Optional<LocalDate> start) implements Timetable {
        @Override
        public List<Interval> startingFrom(LocalDate from, LocalDate to) {
            refuseTooMany(to.toEpochDay() + 1 - from.toEpochDay());
            List<Interval> days = new ArrayList<>();
            for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
                Interval day = day(date);
                if (!day.isEmpty() && !isBeforeStart(date)) {
                    days.add(day);
                }
            }
            return days;
        }

        @Override
        public Optional<Interval> latestDue(Instant now) {
            LocalDate date = now.atZone(zone).toLocalDate();
            while (day(date).isEmpty() || due(day(date)).isAfter(now)) {
                date = date.minusDays(1);
            }
            return isBeforeStart(date) ? Optional.empty() : Optional.of(day(date));
        }

        /** A time that the day's clocks skip moves to the first instant after the gap. */
        @Override
        public Instant due(Interval interval) {
            LocalDate next = interval.end().atZone(zone).toLocalDate();
            Instant at = first(next.atTime(time));
            return at.isBefore(interval.end()) ? interval.end() : at;
        }

        @Override
        public Optional<Interval> before(Interval interval) {
            LocalDate date = date(interval).minusDays(1);
            while (day(date).isEmpty()) {
                date = date.minusDays(1);
            }
            return isBeforeStart(date) ? Optional.empty() : Optional.of(day(date));
        }

        @Override
        public Partition partition(Interval interval) {
            return new Partition(date(interval).toString(), interval, zone);
        }

        /** The first instant that clocks show this time, or, where they skip it, a later one. */
        private Instant first(LocalDateTime local) {
            ZoneOffsetTransition change = zone.getRules().getTransition(local);
            return change != null && change.isGap()
                    ? change.getInstant()
                    : local.atZone(zone).toInstant();
        }

        private LocalDate date(Interval interval) {
            return interval.start().atZone(zone).toLocalDate();
        }

        /** Empty for a day that the zone skipped. */
        private Interval day(LocalDate date) {
            return new Interval(
                    date.atStartOfDay(zone).toInstant(),
                    date.plusDays(1).atStartOfDay(zone).toInstant());
        }

        private boolean isBeforeStart(LocalDate date) {
            return start.isPresent() && date.isBefore(start.get());
        }
    }

    /** Equal pieces of elapsed time, counted from the start of a date. */
    record Pieces(Duration length, ZoneId zone, Optional<LocalDate> start) implements Timetable {
        private static final DateTimeFormatter KEY =
                DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

        @Override
        public List<Interval> startingFrom(LocalDate from, LocalDate to) {
            Instant first = from.atStartOfDay(zone).toInstant();
            Instant last = to.plusDays(1).atStartOfDay(zone).toInstant();
            // The piece that begins before the range and the one that ends after it may not count.
            refuseTooMany(index(last) - index(first) - 1);
            List<Interval> pieces = new ArrayList<>();
            for (long i = index(first); ; i++) {
                Interval piece = piece(i);
                if (!piece.start().isBefore(last)) {
                    refuseTooMany(pieces.size());
                    return pieces;
                }
                if (!piece.start().isBefore(first) && !isBeforeStart(i)) {
                    pieces.add(piece);
                }
            }
        }

        @Override
        public Optional<Interval> latestDue(Instant now) {
            long latest = index(now) - 1;
            return isBeforeStart(latest) ? Optional.empty() : Optional.of(piece(latest));
        }

        @Override
        public Instant due(Interval interval) {
            return interval.end();
        }

        @Override
        public Optional<Interval> before(Interval interval) {
            long before = index(interval.start()) - 1;
            return isBeforeStart(before) ? Optional.empty() : Optional.of(piece(before));
        }

        @Override
        public Partition partition(Interval interval) {
            return new Partition(KEY.format(interval.start()), interval, zone);
        }

        private Instant anchor() {
            return start.orElse(LocalDate.EPOCH).atStartOfDay(zone).toInstant();
        }

        private boolean isBeforeStart(long index) {
            return start.isPresent() && index < 0;
        }

        private long index(Instant instant) {
            return Math.floorDiv(Duration.between(anchor(), instant).toMillis(), length.toMillis());
        }

        private Interval piece(long index) {
            Instant from = anchor().plus(length.multipliedBy(index));
            return new Interval(from, from.plus(length));
        }
    }

    /** Nothing is cut: a run covers the moment it was asked for. */
    record OnDemand(ZoneId zone) implements Timetable {
        @Override
        public List<Interval> startingFrom(LocalDate from, LocalDate to) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "the pipeline has no schedule, so it has no intervals; run it without a date");
        }

        @Override
        public Optional<Interval> latestDue(Instant now) {
            return Optional.of(new Interval(now, now));
        }

        @Override
        public Instant due(Interval interval) {
            return interval.end();
        }

        @Override
        public Optional<Interval> before(Interval interval) {
            return Optional.empty();
        }

        @Override
        public Partition partition(Interval interval) {
            return new Partition(Partition.WHOLE, interval, zone);
        }
    }

    private static void refuseTooMany(long intervals) {
        if (intervals > BackfillPlan.MAX_INTERVALS) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "the range holds "
                            + intervals
                            + " intervals; the most at once is "
                            + BackfillPlan.MAX_INTERVALS
                            + ". Take a shorter range");
        }
    }
}
