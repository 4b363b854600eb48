package dev.tidemark.core;

import dev.tidemark.Interval;
import dev.tidemark.Partition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Each run begins when the one before ended. Time is cut where that is, so only the next interval
 * is known, by {@link #next}, and that when its run begins.
 */
public final class ContinuousTimetable implements UncutTimetable {
    private final ZoneId zone;
    private final Span span;

    ContinuousTimetable(ZoneId zone, Span span) {
        this.zone = zone;
        this.span = span;
    }

    /**
     * What a run covers that begins now: the time since the interval of the run before, or since
     * the pipeline's start. Nothing yet, so of length zero, for the first run of a pipeline without
     * a start.
     *
     * @param last the interval of the run before, which has ended
     * @return empty before the pipeline's start and after its end
     */
    public Optional<Interval> next(Optional<Interval> last, Instant now) {
        Instant start = span.atLeast(last.map(Interval::end).orElse(span.from().orElse(now)));
        Instant end = span.atMost(now);
        if (end.isBefore(start)) {
            return Optional.empty();
        }
        return Optional.of(new Interval(start, end)).filter(span::holds);
    }

    /** When the first run may begin, where the pipeline says so. */
    Optional<Instant> start() {
        return span.from();
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public List<Interval> startingFrom(LocalDate from, LocalDate to) {
        throw Timetable.uncut("runs continuously");
    }

    @Override
    public Partition partition(Interval interval) {
        return new Partition(Cut.KEY.format(interval.start()), interval, zone);
    }

    @Override
    public Standing standing(Interval interval) {
        return span.standing(interval);
    }
}
