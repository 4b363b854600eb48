package dev.tidemark;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A pipeline as plain data: all that the engine ever sees of it. A definition that exists is
 * acceptable: names are unique, inputs are known, nothing waits for itself.
 *
 * @param name unique in a store
 * @param timing when it runs
 * @param parameters what its runs may be given
 * @param tasks in an order in which each follows all it waits for
 * @param limits how much of it may happen at once
 */
public record PipelineDefinition(
        String name,
        Timing timing,
        List<ParameterDefinition> parameters,
        List<TaskDefinition> tasks,
        Limits limits) {
    /** The most tasks a pipeline may declare; lists at run time are limited elsewhere. */
    public static final int MAX_TASKS = 10_000;

    public PipelineDefinition {
        Names.check("pipeline", name);
        parameters = List.copyOf(parameters);
        if (tasks.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION, "pipeline " + name + " has no task");
        }
        if (tasks.size() > MAX_TASKS) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "pipeline "
                            + name
                            + " has "
                            + tasks.size()
                            + " tasks; the most is "
                            + MAX_TASKS
                            + ". Map over a list, or split it");
        }
        refuseDuplicates(name, parameters, tasks);
        refuseUnknownInputs(name, tasks);
        refuseSharedAssets(name, tasks);
        refuseUnknownParameters(name, parameters, tasks);
        refuseWatermarks(name, timing, tasks);
        tasks = TaskOrder.of(name, tasks);
    }

    /** A pipeline whose tasks may all run at once. */
    public PipelineDefinition(
            String name,
            Timing timing,
            List<ParameterDefinition> parameters,
            List<TaskDefinition> tasks) {
        this(name, timing, parameters, tasks, Limits.NONE);
    }

    /** The same pipeline, each task as the change has it. */
    public PipelineDefinition with(UnaryOperator<TaskDefinition> change) {
        return new PipelineDefinition(
                name, timing, parameters, tasks.stream().map(change).toList(), limits);
    }

    /**
     * How much of a pipeline may happen at once.
     *
     * @param maxActiveTasks how many attempts of its tasks, over all its runs; empty for no limit
     */
    public record Limits(OptionalInt maxActiveTasks) {
        /** The highest limit of one pipeline; more is no limit. */
        public static final int MAX_ACTIVE_TASKS = 10_000;

        public static final Limits NONE = new Limits(OptionalInt.empty());

        public Limits {
            int tasks = maxActiveTasks.orElse(1);
            if (tasks < 1 || tasks > MAX_ACTIVE_TASKS) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "maxActiveTasks must be 1 to " + MAX_ACTIVE_TASKS + ", not " + tasks);
            }
        }
    }

    /**
     * When a pipeline runs.
     *
     * @param bounds between which local times of the schedule's zone intervals start
     * @param filling how intervals that are due come to their runs
     * @param promises what is raised as an alert where it is not kept
     */
    public record Timing(Schedule schedule, Bounds bounds, Filling filling, Promises promises) {
        public Timing {
            if (schedule instanceof Schedule.Once && bounds.from().isEmpty()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "a pipeline that runs once has to say when: add startingOn with a date or"
                                + " a time, such as 2001-02-01T00:10");
            }
        }

        /** What a schedule does where nothing else is said. */
        public static Timing of(Schedule schedule, Bounds bounds) {
            return new Timing(schedule, bounds, Filling.DEFAULT, Promises.DEFAULT);
        }
    }

    /** What becomes of intervals that came due while no run could start. */
    public enum Gaps {
        /** All are run, oldest first. */
        FILL,
        /** Only the latest is run; the others are recorded as skipped. */
        SKIP
    }

    /**
     * How intervals that are due come to their runs.
     *
     * @param catchup whether the time before the pipeline was first enabled is filled
     * @param gaps what becomes of intervals that came due later while no run could start
     * @param maxActiveRuns how many of its runs may be active at once
     * @param dependsOnPrevious whether each waits until the run before it has succeeded
     * @param jitter the longest time that the runs start later than they are due: always the same
     *     part of it for one pipeline, so that many do not start at the same moment
     */
    public record Filling(
            boolean catchup,
            Gaps gaps,
            int maxActiveRuns,
            boolean dependsOnPrevious,
            Duration jitter) {
        /** The most runs of one pipeline that may be active at once. */
        public static final int MAX_ACTIVE_RUNS = 1_000;

        /** No catchup; gaps are filled, one run at a time. */
        public static final Filling DEFAULT =
                new Filling(false, Gaps.FILL, 1, false, Duration.ZERO);

        public Filling {
            if (maxActiveRuns < 1 || maxActiveRuns > MAX_ACTIVE_RUNS) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "maxActiveRuns must be 1 to " + MAX_ACTIVE_RUNS + ", not " + maxActiveRuns);
            }
        }

        Filling withCatchup() {
            return new Filling(true, gaps, maxActiveRuns, dependsOnPrevious, jitter);
        }

        Filling with(Gaps changed) {
            return new Filling(catchup, changed, maxActiveRuns, dependsOnPrevious, jitter);
        }

        /** The same, with so many runs at once. */
        public Filling upTo(int runs) {
            return new Filling(catchup, gaps, runs, dependsOnPrevious, jitter);
        }

        Filling inSequence() {
            return new Filling(catchup, gaps, maxActiveRuns, true, jitter);
        }

        Filling spreadOver(Duration changed) {
            return new Filling(catchup, gaps, maxActiveRuns, dependsOnPrevious, changed);
        }
    }

    /**
     * What is raised as an alert where it is not kept.
     *
     * @param lateAfter how long an interval may be due without a run
     * @param deadline how long after it came to be a run may take
     */
    public record Promises(Duration lateAfter, Optional<Duration> deadline) {
        /** Ten minutes to start, and no deadline. */
        public static final Promises DEFAULT =
                new Promises(Duration.ofMinutes(10), Optional.empty());

        Promises lateAfter(Duration changed) {
            return new Promises(changed, deadline);
        }

        Promises within(Duration changed) {
            if (changed.isZero()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION, "a deadline of " + changed + " is no time");
            }
            return new Promises(lateAfter, Optional.of(changed));
        }
    }

    private static void refuseDuplicates(
            String pipeline, List<ParameterDefinition> parameters, List<TaskDefinition> tasks) {
        Set<String> names = new HashSet<>();
        for (TaskDefinition task : tasks) {
            if (!names.add(task.name())) {
                throw new TidemarkException(
                        ErrorCode.DUPLICATE_NAME,
                        "pipeline " + pipeline + " has two tasks named '" + task.name() + "'");
            }
        }
        Set<String> parameterNames = new HashSet<>();
        for (ParameterDefinition parameter : parameters) {
            if (!parameterNames.add(parameter.name())) {
                throw new TidemarkException(
                        ErrorCode.DUPLICATE_NAME,
                        "pipeline "
                                + pipeline
                                + " has two parameters named '"
                                + parameter.name()
                                + "'");
            }
        }
    }

    private static void refuseUnknownInputs(String pipeline, List<TaskDefinition> tasks) {
        Map<String, TaskDefinition> known = new HashMap<>();
        tasks.forEach(task -> known.put(task.name(), task));
        for (TaskDefinition task : tasks) {
            for (String upstream : task.edges().upstreams()) {
                if (!known.containsKey(upstream)) {
                    throw new TidemarkException(
                            ErrorCode.UNKNOWN_INPUT,
                            "task '"
                                    + task.name()
                                    + "' waits for '"
                                    + upstream
                                    + "', which pipeline "
                                    + pipeline
                                    + " does not have");
                }
            }
            for (InputDefinition input : task.edges().inputs()) {
                boolean mapped =
                        Objects.requireNonNull(known.get(input.task()))
                                .edges()
                                .mapsOver()
                                .isPresent();
                if (mapped && input.form() != InputDefinition.Form.GATHERED) {
                    throw new TidemarkException(
                            ErrorCode.UNKNOWN_INPUT,
                            "task '"
                                    + task.name()
                                    + "' takes one result of '"
                                    + input.task()
                                    + "', which has one for each element; take them with all()");
                }
                if (input.form() == InputDefinition.Form.RESULT
                        && task.edges().rule().toleratesMissingResults()) {
                    throw new TidemarkException(
                            ErrorCode.UNKNOWN_INPUT,
                            "task '"
                                    + task.name()
                                    + "' may run under "
                                    + task.edges().rule()
                                    + " when '"
                                    + input.task()
                                    + "' has no result; take it as optional()");
                }
            }
        }
    }

    /** A pool that counts apart for each value of a parameter needs one that every run has. */
    private static void refuseUnknownParameters(
            String pipeline, List<ParameterDefinition> parameters, List<TaskDefinition> tasks) {
        List<String> known = parameters.stream().map(ParameterDefinition::name).toList();
        for (TaskDefinition task : tasks) {
            task.limits()
                    .pool()
                    .flatMap(Pool::per)
                    .filter(parameter -> !known.contains(parameter))
                    .ifPresent(
                            parameter -> {
                                throw new TidemarkException(
                                        ErrorCode.UNKNOWN_INPUT,
                                        "task '"
                                                + task.name()
                                                + "' has a pool for each value of parameter '"
                                                + parameter
                                                + "', which pipeline "
                                                + pipeline
                                                + " does not have; declare it with parameters()");
                            });
        }
    }

    /** A watermark has one gate, and intervals to advance over. */
    private static void refuseWatermarks(
            String pipeline, Timing timing, List<TaskDefinition> tasks) {
        Map<String, String> gates = new HashMap<>();
        for (TaskDefinition task : tasks) {
            Optional<String> watermark = task.assets().advances();
            if (watermark.isEmpty()) {
                continue;
            }
            String other = gates.put(watermark.get(), task.name());
            if (other != null) {
                throw new TidemarkException(
                        ErrorCode.DUPLICATE_NAME,
                        "watermark '%s' of pipeline %s is advanced by both '%s' and '%s'"
                                .formatted(watermark.get(), pipeline, other, task.name()));
            }
            if (!cutsTime(timing)) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        ("task '%s' advances watermark '%s', and pipeline %s has no schedule that"
                                        + " cuts time into intervals beforehand; give it one, or"
                                        + " leave advances out")
                                .formatted(task.name(), watermark.get(), pipeline));
            }
        }
    }

    /** Whether there are intervals, known beforehand, of which each has a length. */
    private static boolean cutsTime(Timing timing) {
        return switch (timing.schedule()) {
            case Schedule.Daily _, Schedule.BusinessDays _, Schedule.Every _, Schedule.Cron _ ->
                    true;
            case Schedule.Events it -> it.intervals().stream().noneMatch(Interval::isEmpty);
            case Schedule.Once _ -> timing.bounds().until().isPresent();
            case Schedule.CronTrigger _, Schedule.Continuous _, Schedule.OnDemand _ -> false;
        };
    }

    private static void refuseSharedAssets(String pipeline, List<TaskDefinition> tasks) {
        Map<String, String> producers = new HashMap<>();
        for (TaskDefinition task : tasks) {
            for (String asset : task.assets().produces()) {
                String other = producers.put(asset, task.name());
                if (other != null) {
                    throw new TidemarkException(
                            ErrorCode.DUPLICATE_NAME,
                            "asset '"
                                    + asset
                                    + "' of pipeline "
                                    + pipeline
                                    + " is produced by both '"
                                    + other
                                    + "' and '"
                                    + task.name()
                                    + "'");
                }
            }
        }
    }
}
