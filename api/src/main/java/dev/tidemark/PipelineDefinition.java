package dev.tidemark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

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
     * @param catchup whether the time before the pipeline was first enabled is filled
     * @param maxActiveRuns how many of its runs may be active at once
     */
    public record Timing(Schedule schedule, Bounds bounds, boolean catchup, int maxActiveRuns) {
        /** The most runs of one pipeline that may be active at once. */
        public static final int MAX_ACTIVE_RUNS = 1_000;

        public Timing {
            if (maxActiveRuns < 1 || maxActiveRuns > MAX_ACTIVE_RUNS) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "maxActiveRuns must be 1 to " + MAX_ACTIVE_RUNS + ", not " + maxActiveRuns);
            }
            if (schedule instanceof Schedule.Once && bounds.from().isEmpty()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "a pipeline that runs once has to say when: add startingOn with a date or"
                                + " a time, such as 2001-02-01T00:10");
            }
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
