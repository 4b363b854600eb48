package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How each interval of a pipeline stands: what is done, running, failed, late or missing.
 *
 * @param graph the version whose schedule counts
 * @param kept how far its schedule is
 * @param runs the runs with no parameters but the defaults, by interval
 * @param passed what its schedule passed over, oldest first
 */
public record IntervalLedger(
        Graph graph,
        ScheduleState.Kept kept,
        Map<Interval, BackfillPlan.Existing> runs,
        List<Span> passed) {
    /** Where an interval stands. */
    public enum Standing {
        /** Its run succeeded. */
        DONE,
        /** Its run failed or was cancelled. */
        FAILED,
        /** Its run is under way, or about to be. */
        RUNNING,
        /** It came due in a pause, so it has no run. */
        PAUSED,
        /** It was skipped because a later one was due. */
        SKIPPED,
        /** It is over, and nobody is going to run it by himself. */
        MISSING,
        /** It waits for its run, and not for long. */
        DUE,
        /** It waits for its run for longer than it may. */
        LATE,
        /** Its time has not come. */
        NOT_DUE
    }

    /** Intervals that a schedule passed over for one reason. */
    public record Span(Interval first, Interval last, Passed why) {
        private boolean holds(Interval interval) {
            return !interval.start().isBefore(first.start())
                    && !interval.start().isAfter(last.start());
        }
    }

    /**
     * One interval.
     *
     * @param run its run, where there is one
     * @param due when its run is to start
     */
    public record Line(
            Interval interval,
            Standing standing,
            Optional<BackfillPlan.Existing> run,
            Instant due) {}

    /**
     * The lines of these intervals, and of all runs that cover others; oldest first.
     *
     * @param intervals those of the schedule that are asked for
     */
    public List<Line> lines(List<Interval> intervals, Instant now) {
        Map<Interval, Line> lines =
                new TreeMap<>(Comparator.comparing(Interval::start).thenComparing(Interval::end));
        intervals.forEach(interval -> lines.put(interval, line(interval, now)));
        runs.keySet().forEach(interval -> lines.put(interval, line(interval, now)));
        return new ArrayList<>(lines.values());
    }

    private Line line(Interval interval, Instant now) {
        Optional<BackfillPlan.Existing> run = Optional.ofNullable(runs.get(interval));
        Standing standing =
                run.map(found -> standing(found.state())).orElseGet(() -> without(interval, now));
        return new Line(interval, standing, run, graph.due(interval));
    }

    private static Standing standing(RunState state) {
        return switch (state) {
            case QUEUED, RUNNING -> Standing.RUNNING;
            case SUCCEEDED -> Standing.DONE;
            case FAILED, CANCELLED -> Standing.FAILED;
        };
    }

    private Standing without(Interval interval, Instant now) {
        Instant due = graph.due(interval);
        if (now.isBefore(due)) {
            return Standing.NOT_DUE;
        }
        Optional<Passed> why =
                passed.stream().filter(span -> span.holds(interval)).map(Span::why).findFirst();
        if (why.isPresent()) {
            return switch (why.get()) {
                case PAUSED -> Standing.PAUSED;
                case SKIPPED -> Standing.SKIPPED;
                case ALREADY_RUN -> Standing.MISSING;
            };
        }
        if (!isOpen(interval)) {
            return Standing.MISSING;
        }
        if (kept.pauses().stream().anyMatch(pause -> pause.holds(due))) {
            return Standing.PAUSED;
        }
        Instant late = due.plus(graph.definition().timing().promises().lateAfter());
        return now.isBefore(late) ? Standing.DUE : Standing.LATE;
    }

    /** Whether the schedule is still going to decide about it. */
    private boolean isOpen(Interval interval) {
        boolean after =
                kept.last().filter(last -> !interval.start().isAfter(last.start())).isEmpty();
        return after
                && kept.enabled().filter(it -> !interval.start().isBefore(it.from())).isPresent();
    }
}
