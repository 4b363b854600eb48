package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Command;
import dev.tidemark.core.IncrementalBackfill;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.ScheduledTimetable;
import dev.tidemark.core.Timetable;
import dev.tidemark.core.Watermarks;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.WatermarkView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Turns a request into a plan, in view of the runs that the store holds. */
public final class Planning {
    private Planning() {}

    /**
     * A plan.
     *
     * @param replaces the interrupted backfill that it takes up, 0 for none
     * @param joins the backfill under way that does the same already, 0 for none
     */
    public record Planned(BackfillPlan plan, long replaces, long joins) {}

    /**
     * Plans, and changes nothing.
     *
     * @param isUnderWay whether an unfinished backfill is being worked on, by its number
     * @throws dev.tidemark.TidemarkException where the request makes no sense, or does not say what
     *     is to become of intervals that ran already
     */
    public static Planned plan(
            PipelineDefinition pipeline,
            RunRequest request,
            StoreReader store,
            Instant now,
            LongPredicate isUnderWay) {
        Optional<IncrementalBackfill> incremental =
                IncrementalBackfill.of(request, pipeline, watermarks(pipeline, store));
        if (incremental.isPresent()) {
            return plan(pipeline, incremental.get(), store, now, isUnderWay);
        }
        Map<String, String> parameters = request.distinctParameters(pipeline);
        List<BackfillView> interrupted = store.unfinishedBackfills(pipeline.name()).reversed();
        List<Interval> intervals = intervals(pipeline, request, parameters, interrupted, now);
        Map<Interval, BackfillPlan.Existing> existing =
                store.findRuns(pipeline.name(), parameters, intervals);
        for (BackfillView backfill : interrupted) {
            Optional<BackfillPlan> rest =
                    request.takeUp(
                            pipeline, intervals, existing, backfill.number(), backfill.plan());
            if (rest.isPresent() && isUnderWay.test(backfill.number())) {
                return new Planned(backfill.plan(), 0, backfill.number());
            }
            if (rest.isPresent()) {
                refusePaused(backfill);
                return new Planned(rest.get(), backfill.number(), 0);
            }
        }
        return new Planned(request.plan(pipeline, intervals, existing), 0, 0);
    }

    private static Map<String, Watermarks.Kept> watermarks(
            PipelineDefinition pipeline, StoreReader store) {
        return store.watermarks(List.of(pipeline.name())).stream()
                .collect(Collectors.toMap(it -> it.key().watermark(), WatermarkView::kept));
    }

    /** What is left to do, the watermark tells: an interrupted one is replaced by a new plan. */
    private static Planned plan(
            PipelineDefinition pipeline,
            IncrementalBackfill incremental,
            StoreReader store,
            Instant now,
            LongPredicate isUnderWay) {
        for (BackfillView earlier : store.unfinishedBackfills(pipeline.name()).reversed()) {
            if (!incremental.isReplacing(earlier.plan())) {
                continue;
            }
            if (isUnderWay.test(earlier.number())) {
                return new Planned(earlier.plan(), 0, earlier.number());
            }
            refusePaused(earlier);
            Map<Interval, BackfillPlan.Existing> left =
                    store.findRuns(pipeline.name(), Map.of(), intervals(earlier.plan()));
            return new Planned(
                    plan(pipeline, incremental, store, incremental.intervals(now, left)),
                    earlier.number(),
                    0);
        }
        return new Planned(plan(pipeline, incremental, store, incremental.intervals(now)), 0, 0);
    }

    private static BackfillPlan plan(
            PipelineDefinition pipeline,
            IncrementalBackfill incremental,
            StoreReader store,
            List<Interval> intervals) {
        return incremental.plan(intervals, store.findRuns(pipeline.name(), Map.of(), intervals));
    }

    private static List<Interval> intervals(BackfillPlan plan) {
        return plan.items().stream().map(BackfillPlan.Item::interval).toList();
    }

    /**
     * What a backfill that has ended left, as a plan; changes nothing.
     *
     * @throws dev.tidemark.TidemarkException where it has not ended, or left nothing
     */
    public static BackfillPlan rerun(StoreReader store, Command.RerunBackfill command) {
        return Reruns.plan(store, command);
    }

    /** Somebody paused it, and somebody else may not know. */
    private static void refusePaused(BackfillView backfill) {
        if (backfill.state() == BackfillState.PAUSED) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "backfill "
                            + backfill.number()
                            + " asks for the same, and is paused. Resume it first: tidemark"
                            + " backfills resume "
                            + backfill.number());
        }
    }

    /**
     * The intervals asked for. A pipeline without a schedule has a new one at each moment, so the
     * one that was interrupted is meant where there is one.
     */
    private static List<Interval> intervals(
            PipelineDefinition pipeline,
            RunRequest request,
            Map<String, String> parameters,
            List<BackfillView> interrupted,
            Instant now) {
        if (request.dates().isEmpty()
                && !(Timetable.of(pipeline.timing()) instanceof ScheduledTimetable)) {
            for (BackfillView backfill : interrupted) {
                if (backfill.plan().parameters().equals(parameters)) {
                    return intervals(backfill.plan());
                }
            }
        }
        return request.intervals(pipeline, now);
    }
}
