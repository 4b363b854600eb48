package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which intervals of a pipeline are to be run, and how.
 *
 * @param pipeline the pipeline's name
 * @param parameters those that differ from their defaults, in canonical form
 * @param options how it goes about it
 * @param items the intervals, in the order in which they are started
 * @param reason why somebody wants it; empty where nobody said
 */
public record BackfillPlan(
        String pipeline,
        Map<String, String> parameters,
        Options options,
        List<Item> items,
        String reason) {
    /** The most intervals one backfill may name. */
    public static final int MAX_INTERVALS = 100_000;

    public BackfillPlan {
        parameters = Map.copyOf(parameters);
        items = List.copyOf(items);
    }

    /** A plan that nobody gave a reason for. */
    public BackfillPlan(
            String pipeline, Map<String, String> parameters, Options options, List<Item> items) {
        this(pipeline, parameters, options, items, "");
    }

    /** How many intervals are to be run: all but those that are passed over. */
    public int work() {
        return (int) items.stream().filter(item -> item.action() != Action.SKIP).count();
    }

    /** Which of the intervals that ran already are run again. */
    public enum Reprocess {
        /** None. */
        MISSING,
        /** Those that failed, from where they failed. */
        FAILED,
        /** All, from the beginning. */
        ALL
    }

    /** Whether the runs of a backfill move watermarks forwards. None ever moves one back. */
    public enum WatermarkUse {
        /** They prove intervals, and leave it to others to move on over them. */
        KEEP,
        /** They do, as those of schedules do. */
        ADVANCE,
        /** They do, and what is asked for begins where a watermark stands. */
        FOLLOW
    }

    /**
     * How a backfill goes about it.
     *
     * @param pace how fast, and in which order
     * @param acceptUnknownEffects whether history may run again though nobody knows what some task
     *     does a second time
     */
    public record Options(
            Reprocess reprocess,
            RunRequest.Pace pace,
            boolean acceptUnknownEffects,
            WatermarkUse watermarks) {
        public static final int DEFAULT_MAX_ACTIVE = 4;
        public static final int DEFAULT_HALT_AFTER = 5;

        /** Oldest first; unknown effects are refused, and watermarks kept. */
        public Options(Reprocess reprocess, int maxActive, int haltAfter) {
            this(
                    reprocess,
                    new RunRequest.Pace(maxActive, haltAfter, Order.OLDEST),
                    false,
                    WatermarkUse.KEEP);
        }

        /** How many of its runs may be active at once. */
        public int maxActive() {
            return pace.maxActive();
        }

        /** How many intervals may fail in a row before the rest is given up. */
        public int haltAfter() {
            return pace.haltAfter();
        }

        Options accepting(boolean unknownEffects) {
            return new Options(reprocess, pace, unknownEffects, watermarks);
        }

        /** The same, with runs that move watermarks or do not. */
        public Options with(WatermarkUse use) {
            return new Options(reprocess, pace, acceptUnknownEffects, use);
        }

        private Options again(boolean unknownEffects) {
            return new Options(
                    reprocess == Reprocess.ALL ? Reprocess.ALL : Reprocess.FAILED,
                    pace,
                    unknownEffects,
                    watermarks);
        }
    }

    /** Which intervals come first. */
    public enum Order {
        OLDEST,
        NEWEST
    }

    /** What is done with one interval. */
    public enum Action {
        /** There is no run; one is created. */
        CREATE,
        /** The run was interrupted, or has waiting tasks; it goes on. */
        CONTINUE,
        /** The run ended; what failed of it runs again. */
        RERUN_FAILED,
        /** The run ended; all of it runs again. */
        RERUN_ALL,
        /** Nothing, for the reason given. */
        SKIP;

        /** Whether what has ended runs again. */
        boolean isRerun() {
            return this == RERUN_FAILED || this == RERUN_ALL;
        }
    }

    /**
     * One interval.
     *
     * @param run the number of the run that covers it already, 0 where there is none
     * @param reason why it is skipped; empty for other actions
     */
    public record Item(Interval interval, String runName, long run, Action action, String reason) {
        private Item inFlight() {
            return action == Action.SKIP
                    ? this
                    : new Item(interval, runName, run, Action.SKIP, "in flight");
        }

        /**
         * What is to be done where another backfill has created the run since this was planned. All
         * of it is newer than what was asked for, so none of it runs again that went well.
         */
        Item createdSince(Existing found, Reprocess reprocess) {
            return item(
                    interval,
                    runName,
                    Optional.of(found),
                    reprocess == Reprocess.ALL ? Reprocess.FAILED : reprocess);
        }

        private Item takenUp(long number, Map<Interval, Existing> existing, Reprocess reprocess) {
            Existing found = existing.get(interval);
            if (action == Action.SKIP || found == null) {
                return this;
            }
            // What a later backfill ran is newer than what was asked for, too.
            boolean ran = found.backfill() >= number;
            return item(
                    interval,
                    runName,
                    Optional.of(found),
                    ran && reprocess == Reprocess.ALL ? Reprocess.FAILED : reprocess);
        }
    }

    /**
     * A run that is there already.
     *
     * @param backfill the backfill that its latest try belongs to, 0 for none
     */
    public record Existing(long run, String name, RunState state, long backfill) {}

    /** The item for an interval, given the run that covers it already. */
    public static Item item(
            Interval interval, String name, Optional<Existing> existing, Reprocess reprocess) {
        if (existing.isEmpty()) {
            return new Item(interval, name, 0, Action.CREATE, "");
        }
        Existing run = existing.get();
        return switch (run.state()) {
            case QUEUED, RUNNING -> new Item(interval, run.name(), run.run(), Action.CONTINUE, "");
            case SUCCEEDED ->
                    reprocess == Reprocess.ALL
                            ? new Item(interval, run.name(), run.run(), Action.RERUN_ALL, "")
                            : new Item(
                                    interval, run.name(), run.run(), Action.SKIP, "already done");
            case FAILED, CANCELLED ->
                    switch (reprocess) {
                        case ALL -> new Item(interval, run.name(), run.run(), Action.RERUN_ALL, "");
                        case FAILED ->
                                new Item(interval, run.name(), run.run(), Action.RERUN_FAILED, "");
                        case MISSING ->
                                new Item(
                                        interval,
                                        run.name(),
                                        run.run(),
                                        Action.SKIP,
                                        run.state().name().toLowerCase(java.util.Locale.ROOT)
                                                + "; reprocess failed or all to run it again");
                    };
        };
    }

    /**
     * This plan, taken up after its process ended half-way.
     *
     * @param number the number of the backfill that was interrupted
     * @param existing the runs that are there now, by interval
     * @param accepted whether unknown effects are accepted now; what was accepted before, still is
     */
    BackfillPlan takenUp(long number, Map<Interval, Existing> existing, boolean accepted) {
        List<Item> left =
                items.stream()
                        .map(item -> item.takenUp(number, existing, options.reprocess()))
                        .toList();
        return new BackfillPlan(pipeline, parameters, options, left, reason)
                .accepting(options.acceptUnknownEffects() || accepted);
    }

    /**
     * What is left to be done of this plan after its end: intervals that failed, and those that
     * were not started.
     *
     * @param existing the runs that are there now, by interval
     * @param command who wants it, and why
     * @throws TidemarkException where nothing is left
     */
    public BackfillPlan rerun(Command.RerunBackfill command, Map<Interval, Existing> existing) {
        long number = command.backfill();
        Options again = options.again(command.acceptUnknownEffects());
        String link = "rerun of backfill " + number;
        String why = command.reason().isEmpty() ? link : link + ": " + command.reason();
        List<Item> left =
                items.stream()
                        .map(item -> item.takenUp(number, existing, again.reprocess()))
                        .filter(item -> item.action() != Action.SKIP)
                        .toList();
        if (left.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "backfill "
                            + number
                            + " left nothing to rerun: each of its intervals is done. To run them"
                            + " all again, ask for a backfill with --reprocess all");
        }
        return new BackfillPlan(pipeline, parameters, again, left, why);
    }

    /** This plan, passing over the intervals that another backfill has in hand. */
    BackfillPlan without(Set<Interval> inFlight) {
        if (inFlight.isEmpty()) {
            return this;
        }
        List<Item> left =
                items.stream()
                        .map(item -> inFlight.contains(item.interval()) ? item.inFlight() : item)
                        .toList();
        return new BackfillPlan(pipeline, parameters, options, left, reason);
    }

    BackfillPlan accepting(boolean unknownEffects) {
        return new BackfillPlan(
                pipeline, parameters, options.accepting(unknownEffects), items, reason);
    }

    /** Whether equal intervals of both plans are the same runs. */
    boolean isOfSame(BackfillPlan other) {
        return pipeline.equals(other.pipeline) && parameters.equals(other.parameters);
    }

    /** Whether the plan covers exactly these intervals, with these parameters. */
    boolean covers(List<Interval> intervals, Map<String, String> distinctParameters) {
        return parameters.equals(distinctParameters)
                && items.stream().map(Item::interval).toList().equals(intervals);
    }
}
