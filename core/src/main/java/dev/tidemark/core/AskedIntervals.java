package dev.tidemark.core;

import static dev.tidemark.core.RunRequest.refused;

import dev.tidemark.Bounds;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The intervals that a request asks for. */
record AskedIntervals(RunRequest request, PipelineDefinition pipeline) {
    List<Interval> at(Instant now) {
        Timetable timetable = Timetable.of(pipeline.timing());
        if (request.dates().isEmpty()) {
            return List.of(
                    timetable
                            .latestDue(now)
                            .orElseThrow(
                                    () ->
                                            refused(
                                                    "no interval of "
                                                            + pipeline.name()
                                                            + " is due yet")));
        }
        List<Interval> intervals =
                switch (request.dates().get()) {
                    case RunRequest.Range it -> inRange(timetable, it);
                    case RunRequest.Listed it -> onDays(timetable, it.days());
                    case RunRequest.SinceWatermark _ ->
                            throw new IllegalArgumentException("where does the watermark stand?");
                };
        refuseOpen(timetable, intervals.getLast(), now);
        return inOrder(intervals);
    }

    static void refuseOpen(Timetable timetable, Interval last, Instant now) {
        if (last.end().isAfter(now)) {
            throw refused(
                    "the interval "
                            + timetable.partition(last).key()
                            + " ends at "
                            + last.end()
                            + ", and it is "
                            + now
                            + "; a run covers an interval that is over");
        }
    }

    List<Interval> inOrder(List<Interval> oldestFirst) {
        if (request.pace().order() == BackfillPlan.Order.OLDEST) {
            return oldestFirst;
        }
        if (pipeline.timing().filling().dependsOnPrevious()) {
            throw refused(
                    "runs of "
                            + pipeline.name()
                            + " depend on the run before them, so the newest cannot be first; use"
                            + " --order oldest");
        }
        return oldestFirst.reversed();
    }

    private List<Interval> inRange(Timetable timetable, RunRequest.Range range) {
        refuseOutside(range);
        List<Interval> intervals = timetable.startingFrom(range.from(), range.to());
        if (intervals.isEmpty()) {
            throw refused("no interval of " + pipeline.name() + " starts in that range");
        }
        return intervals;
    }

    private List<Interval> onDays(Timetable timetable, List<LocalDate> days) {
        List<Interval> intervals = new ArrayList<>();
        for (LocalDate day : days) {
            refuseOutside(new RunRequest.Range(day, day));
            List<Interval> ofDay = timetable.startingFrom(day, day);
            if (ofDay.isEmpty()) {
                throw refused("no interval of " + pipeline.name() + " starts on " + day);
            }
            intervals.addAll(ofDay);
            if (intervals.size() > BackfillPlan.MAX_INTERVALS) {
                throw refused(
                        "the dates up to "
                                + day
                                + " hold more than "
                                + BackfillPlan.MAX_INTERVALS
                                + " intervals, the most at once; name fewer");
            }
        }
        return intervals;
    }

    private void refuseOutside(RunRequest.Range range) {
        Bounds bounds = pipeline.timing().bounds();
        Optional<LocalDate> first = bounds.from().map(LocalDateTime::toLocalDate);
        if (first.isPresent() && range.from().isBefore(first.get())) {
            throw refused(
                    range.from()
                            + " is before "
                            + pipeline.name()
                            + " starts, on "
                            + first.get()
                            + "; ask for that day or later, or change startingOn");
        }
        Optional<LocalDate> last = bounds.until().map(end -> end.minusNanos(1).toLocalDate());
        if (last.isPresent() && range.to().isAfter(last.get())) {
            throw refused(
                    range.to()
                            + " is after "
                            + pipeline.name()
                            + " ends, on "
                            + last.get()
                            + "; ask for that day or earlier, or change endingOn");
        }
    }
}
