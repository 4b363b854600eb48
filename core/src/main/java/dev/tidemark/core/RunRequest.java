package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.ParameterDefinition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What somebody asks of a pipeline, before it is known which runs are there already.
 *
 * @param dates the local dates on which its intervals start; empty for the latest interval due
 * @param parameters as they were given, by name
 * @param again what becomes of intervals that ran already
 * @param pace how it goes about it
 * @param reason why somebody wants it; empty where nobody said
 */
public record RunRequest(
        Optional<? extends Dates> dates,
        Map<String, String> parameters,
        Again again,
        Pace pace,
        String reason) {
    /** The most runs that may be active at once. */
    public static final int MAX_ACTIVE = 1_000;

    /** The longest reason, in characters. */
    public static final int MAX_REASON_CHARACTERS = 1_000;

    public RunRequest {
        parameters = Map.copyOf(parameters);
        if (reason.length() > MAX_REASON_CHARACTERS) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "the reason has "
                            + reason.length()
                            + " characters; the most is "
                            + MAX_REASON_CHARACTERS);
        }
    }

    /** A request that nobody gave a reason for, oldest interval first. */
    public RunRequest(
            Optional<? extends Dates> dates,
            Map<String, String> parameters,
            Optional<BackfillPlan.Reprocess> reprocess,
            int maxActive) {
        this(dates, parameters, Again.of(reprocess), Pace.of(maxActive), "");
    }

    /**
     * What becomes of intervals that ran already, and of watermarks.
     *
     * @param reprocess which of them run again; empty where nobody said
     * @param acceptUnknownEffects whether they may though nobody knows what some task does a second
     *     time
     * @param watermarks whether the runs move watermarks forwards
     */
    public record Again(
            Optional<BackfillPlan.Reprocess> reprocess,
            boolean acceptUnknownEffects,
            BackfillPlan.WatermarkUse watermarks) {
        /** Unknown effects are refused, and watermarks kept. */
        public static Again of(Optional<BackfillPlan.Reprocess> reprocess) {
            return new Again(reprocess, false, BackfillPlan.WatermarkUse.KEEP);
        }
    }

    /**
     * How fast intervals are run, and in which order.
     *
     * @param maxActive how many runs may be active at once
     * @param haltAfter how many intervals may fail in a row before the rest is given up
     */
    public record Pace(int maxActive, int haltAfter, BackfillPlan.Order order) {
        public Pace {
            if (maxActive < 1 || maxActive > MAX_ACTIVE) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "max active must be 1 to " + MAX_ACTIVE + ", not " + maxActive);
            }
            if (haltAfter < 1 || haltAfter > BackfillPlan.MAX_INTERVALS) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "halt after must be 1 to "
                                + BackfillPlan.MAX_INTERVALS
                                + " failures in a row, not "
                                + haltAfter);
            }
        }

        /** Oldest first. */
        public static Pace of(int maxActive) {
            return new Pace(
                    maxActive, BackfillPlan.Options.DEFAULT_HALT_AFTER, BackfillPlan.Order.OLDEST);
        }
    }

    /** Local dates of a pipeline, or where they follow from. */
    public sealed interface Dates {}

    /**
     * Single local dates.
     *
     * @param days at least one; kept oldest first, each once
     */
    public record Listed(List<LocalDate> days) implements Dates {
        public Listed {
            days = days.stream().distinct().sorted().toList();
            if (days.isEmpty() || days.size() > BackfillPlan.MAX_INTERVALS) {
                throw refused(
                        "a list of dates has 1 to "
                                + BackfillPlan.MAX_INTERVALS
                                + " of them, not "
                                + days.size());
            }
        }
    }

    /**
     * All that is not proven yet, from where a watermark stands.
     *
     * @param watermark empty for the only one of the pipeline
     * @param to the last local date on which an interval may start; empty for all that are due
     */
    public record SinceWatermark(Optional<String> watermark, Optional<LocalDate> to)
            implements Dates {}

    /** Local dates, both included. */
    public record Range(LocalDate from, LocalDate to) implements Dates {
        private static final int FIRST_YEAR = 1;
        private static final int LAST_YEAR = 9_999;

        public Range {
            if (from.getYear() < FIRST_YEAR || to.getYear() > LAST_YEAR) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "the range from "
                                + from
                                + " to "
                                + to
                                + " leaves the years "
                                + FIRST_YEAR
                                + " to "
                                + LAST_YEAR);
            }
            if (to.isBefore(from)) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "the range ends on " + to + ", before it starts on " + from);
            }
        }
    }

    /**
     * The intervals asked for, in the order in which they are to be run.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where one lies outside the
     *     pipeline's start and end, or is not over yet
     */
    public List<Interval> intervals(PipelineDefinition pipeline, Instant now) {
        return new AskedIntervals(this, pipeline).at(now);
    }

    /** One after the other, and none after one that failed, where runs depend on the one before. */
    Pace paceFor(PipelineDefinition pipeline) {
        return pipeline.timing().filling().dependsOnPrevious()
                ? new Pace(1, 1, pace.order())
                : pace;
    }

    /**
     * The parameters that differ from their defaults, in canonical form: they are part of what a
     * run is.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_PARAMETER}
     */
    public Map<String, String> distinctParameters(PipelineDefinition pipeline) {
        Map<String, ParameterDefinition> known = new TreeMap<>();
        pipeline.parameters().forEach(parameter -> known.put(parameter.name(), parameter));
        for (String given : parameters.keySet()) {
            if (!known.containsKey(given)) {
                throw new TidemarkException(
                        ErrorCode.INVALID_PARAMETER,
                        pipeline.name()
                                + " has no parameter '"
                                + given
                                + "'; it has "
                                + (known.isEmpty() ? "none" : String.join(", ", known.keySet())));
            }
        }
        Map<String, String> distinct = new HashMap<>();
        for (ParameterDefinition parameter : known.values()) {
            String text = parameters.get(parameter.name());
            if (text == null && parameter.defaultText().isEmpty()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_PARAMETER,
                        "parameter '"
                                + parameter.name()
                                + "' has no default; give it with --param "
                                + parameter.name()
                                + "=…");
            }
            if (text != null
                    && !Optional.of(parameter.check(text)).equals(parameter.defaultText())) {
                distinct.put(parameter.name(), parameter.check(text));
            }
        }
        return distinct;
    }

    /**
     * The text id of the run of an interval: the way it came to be, when its interval starts, and,
     * where parameters differ from their defaults, a few digits that stand for them.
     */
    public static String runName(
            PipelineDefinition pipeline,
            Interval interval,
            Map<String, String> distinctParameters) {
        boolean isCut = Timetable.of(pipeline.timing()) instanceof ScheduledTimetable;
        String kind = isCut && distinctParameters.isEmpty() ? "backfill" : "manual";
        String name = kind + "__" + DateTimeFormatter.ISO_INSTANT.format(interval.start());
        return distinctParameters.isEmpty()
                ? name
                : name + "__" + ParameterDigest.of(distinctParameters);
    }

    /**
     * The plan of an interrupted backfill, where it asks for the same as this request.
     *
     * @param number the interrupted backfill's number
     */
    public Optional<BackfillPlan> takeUp(
            PipelineDefinition pipeline,
            List<Interval> intervals,
            Map<Interval, BackfillPlan.Existing> existing,
            long number,
            BackfillPlan interrupted) {
        BackfillPlan.Options earlier = interrupted.options();
        boolean same =
                interrupted.covers(intervals, distinctParameters(pipeline))
                        && earlier.pace().equals(paceFor(pipeline))
                        && earlier.watermarks() == again.watermarks()
                        && again.reprocess().orElse(earlier.reprocess()) == earlier.reprocess();
        return same
                ? Optional.of(interrupted.takenUp(number, existing, again.acceptUnknownEffects()))
                : Optional.empty();
    }

    /**
     * The plan, given the runs that are there already.
     *
     * @param existing by interval; intervals without a run are missing
     * @throws TidemarkException where some of the range ran already and nobody said whether it is
     *     to run again
     */
    public BackfillPlan plan(
            PipelineDefinition pipeline,
            List<Interval> intervals,
            Map<Interval, BackfillPlan.Existing> existing) {
        Map<String, String> distinct = distinctParameters(pipeline);
        long ended = existing.values().stream().filter(run -> run.state().isFinal()).count();
        if (again.reprocess().isEmpty() && ended > 0) {
            throw refused(
                    ended
                            + " of the "
                            + intervals.size()
                            + " intervals ran already; say which run again: --reprocess missing,"
                            + " failed or all");
        }
        BackfillPlan.Reprocess mode = again.reprocess().orElse(BackfillPlan.Reprocess.MISSING);
        List<BackfillPlan.Item> items =
                intervals.stream()
                        .map(
                                interval ->
                                        BackfillPlan.item(
                                                interval,
                                                runName(pipeline, interval, distinct),
                                                Optional.ofNullable(existing.get(interval)),
                                                mode))
                        .toList();
        return new BackfillPlan(
                pipeline.name(),
                distinct,
                new BackfillPlan.Options(
                        mode, paceFor(pipeline), again.acceptUnknownEffects(), again.watermarks()),
                items,
                reason);
    }

    static TidemarkException refused(String message) {
        return new TidemarkException(ErrorCode.INVALID_REQUEST, message);
    }
}
