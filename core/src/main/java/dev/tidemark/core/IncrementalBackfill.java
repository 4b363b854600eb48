package dev.tidemark.core;

import static dev.tidemark.core.RunRequest.refused;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A backfill from where a watermark stands. What counts is not which runs there are but what is
 * proven: an interval behind the watermark is left alone, one ahead of it is passed over, and any
 * other is run, also where a run of it succeeded before the watermark was put back.
 */
public final class IncrementalBackfill {
    private final RunRequest request;
    private final RunRequest.SinceWatermark since;
    private final PipelineDefinition pipeline;
    private final WatermarkKey key;
    private final Watermarks.Kept kept;

    private IncrementalBackfill(
            RunRequest request,
            RunRequest.SinceWatermark since,
            PipelineDefinition pipeline,
            Map<String, Watermarks.Kept> kept) {
        this.request = request;
        this.since = since;
        this.pipeline = pipeline;
        this.key = new WatermarkKey(pipeline.name(), watermark(pipeline, since.watermark()));
        this.kept = kept.getOrDefault(key.watermark(), Watermarks.Kept.NOTHING);
    }

    /**
     * What is asked for, where it is incremental.
     *
     * @param kept how the watermarks of the pipeline stand, by name
     * @throws dev.tidemark.TidemarkException where it says more than a watermark can answer
     */
    public static Optional<IncrementalBackfill> of(
            RunRequest request, PipelineDefinition pipeline, Map<String, Watermarks.Kept> kept) {
        Optional<RunRequest.SinceWatermark> since =
                request.dates()
                        .filter(RunRequest.SinceWatermark.class::isInstance)
                        .map(RunRequest.SinceWatermark.class::cast);
        if (since.isPresent() && request.again().reprocess().isPresent()) {
            throw refused(
                    "an incremental backfill runs what its watermark does not stand behind; it"
                            + " takes no --reprocess");
        }
        if (since.isPresent() && !request.distinctParameters(pipeline).isEmpty()) {
            throw refused(
                    "a watermark speaks of runs with no parameters but the defaults; leave them"
                            + " out, or say from which date on");
        }
        return since.map(it -> new IncrementalBackfill(request, it, pipeline, kept));
    }

    /**
     * The watermark that somebody means.
     *
     * @param named empty for the only one
     * @throws dev.tidemark.TidemarkException where there is none, or none of that name
     */
    public static String watermark(PipelineDefinition pipeline, Optional<String> named) {
        List<String> all =
                pipeline.tasks().stream()
                        .flatMap(task -> task.assets().advances().stream())
                        .sorted()
                        .toList();
        if (all.isEmpty()) {
            throw refused(
                    "no task of "
                            + pipeline.name()
                            + " advances a watermark; say .advances(Watermark.named(\"…\")) of the"
                            + " task that proves an interval");
        }
        if (named.isEmpty() && all.size() > 1) {
            throw refused(
                    pipeline.name()
                            + " has several watermarks; say which with --watermark: "
                            + String.join(", ", all));
        }
        String watermark = named.orElse(all.getFirst());
        if (!all.contains(watermark)) {
            throw refused(
                    pipeline.name()
                            + " has no watermark '"
                            + watermark
                            + "'; it has "
                            + String.join(", ", all));
        }
        return watermark;
    }

    /** What is not proven and due, in the order in which it is to be run; perhaps nothing. */
    public List<Interval> intervals(Instant now) {
        Timetable timetable = Timetable.of(pipeline.timing());
        List<Interval> intervals = new ArrayList<>();
        Optional<Interval> last = last(timetable, now);
        Optional<Interval> next = first(timetable);
        while (next.isPresent()
                && last.isPresent()
                && !next.get().start().isAfter(last.get().start())) {
            if (intervals.size() == BackfillPlan.MAX_INTERVALS) {
                throw refused(
                        "from where the watermark stands there are more than "
                                + BackfillPlan.MAX_INTERVALS
                                + " intervals, the most at once. Ask for those up to a date first:"
                                + " --to "
                                + intervals
                                        .getLast()
                                        .start()
                                        .atZone(timetable.zone())
                                        .toLocalDate());
            }
            intervals.add(next.get());
            next = timetable.after(next.get());
        }
        return new AskedIntervals(request, pipeline).inOrder(intervals);
    }

    private Optional<Interval> first(Timetable timetable) {
        if (kept.at().isPresent()) {
            return timetable.firstEndingAfter(kept.at().get());
        }
        if (pipeline.timing().bounds().from().isEmpty()) {
            throw refused(
                    "the watermark "
                            + key
                            + " stands nowhere yet, and the pipeline does not say when it starts."
                            + " Put it somewhere: tidemark watermarks set "
                            + key.pipeline()
                            + " DATE --reason …");
        }
        return timetable.firstFrom(Instant.MIN);
    }

    private Optional<Interval> last(Timetable timetable, Instant now) {
        Optional<Interval> due = timetable.latestDue(now);
        if (since.to().isEmpty()) {
            return due;
        }
        LocalDate to = since.to().get();
        Optional<Interval> last =
                timetable.firstFrom(to.plusDays(1).atStartOfDay(timetable.zone()).toInstant());
        Optional<Interval> asked = last.isPresent() ? timetable.before(last.get()) : due;
        asked.ifPresent(it -> AskedIntervals.refuseOpen(timetable, it, now));
        return asked;
    }

    /**
     * The same, and the intervals of an earlier plan whose runs are open: nobody else goes on with
     * them, wherever the watermark stands by now.
     */
    public List<Interval> intervals(
            Instant now, Map<Interval, BackfillPlan.Existing> runsOfEarlier) {
        Set<Interval> all = new TreeSet<>(Comparator.comparing(Interval::start));
        all.addAll(intervals(now));
        runsOfEarlier.forEach(
                (interval, run) -> {
                    if (!run.state().isFinal()) {
                        all.add(interval);
                    }
                });
        return new AskedIntervals(request, pipeline).inOrder(List.copyOf(all));
    }

    /** Whether what an earlier plan left is part of this one. */
    public boolean isReplacing(BackfillPlan earlier) {
        return earlier.options().watermarks() == BackfillPlan.WatermarkUse.FOLLOW;
    }

    /**
     * The plan, given the runs that are there already.
     *
     * @param existing by interval; intervals without a run are missing
     */
    public BackfillPlan plan(
            List<Interval> intervals, Map<Interval, BackfillPlan.Existing> existing) {
        return new BackfillPlan(
                pipeline.name(),
                Map.of(),
                new BackfillPlan.Options(
                        BackfillPlan.Reprocess.ALL,
                        request.paceFor(pipeline),
                        request.again().acceptUnknownEffects(),
                        BackfillPlan.WatermarkUse.FOLLOW),
                intervals.stream()
                        .map(it -> item(it, Optional.ofNullable(existing.get(it))))
                        .toList(),
                request.reason());
    }

    private BackfillPlan.Item item(Interval interval, Optional<BackfillPlan.Existing> existing) {
        String name = RunRequest.runName(pipeline, interval, Map.of());
        boolean isOpen = existing.filter(run -> !run.state().isFinal()).isPresent();
        if (kept.ahead().contains(interval) && !isOpen) {
            return new BackfillPlan.Item(
                    interval,
                    existing.map(BackfillPlan.Existing::name).orElse(name),
                    existing.map(BackfillPlan.Existing::run).orElse(0L),
                    BackfillPlan.Action.SKIP,
                    "proven already, ahead of the watermark");
        }
        boolean failed =
                existing.map(BackfillPlan.Existing::state)
                        .filter(state -> state.isFinal() && state != RunState.SUCCEEDED)
                        .isPresent();
        return BackfillPlan.item(
                interval,
                name,
                existing,
                failed ? BackfillPlan.Reprocess.FAILED : BackfillPlan.Reprocess.ALL);
    }
}
