package dev.tidemark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Declares a pipeline. Used by one thread, once.
 *
 * <p>{@link #task} adds a task with one result, {@link #list} one whose result is a list, {@link
 * #map} one that runs once for each element of such a list. The inputs are what the task depends
 * on, and arrive as the parameters of its code, in the same order.
 */
public final class PipelineBuilder {
    private final String name;
    private final Map<String, Task<?>> tasks = new LinkedHashMap<>();
    private final List<ParameterDefinition> parameters = new ArrayList<>();
    private final List<Allowance> allowances = new ArrayList<>();
    private Schedule schedule = Schedule.onDemand();
    private Bounds bounds = Bounds.NONE;
    private PipelineDefinition.Filling filling = PipelineDefinition.Filling.DEFAULT;
    private PipelineDefinition.Promises promises = PipelineDefinition.Promises.DEFAULT;
    private PipelineDefinition.Limits limits = PipelineDefinition.Limits.NONE;

    PipelineBuilder(String name) {
        this.name = Place.named(() -> Names.check("pipeline", name));
    }

    /** When it runs, and for which intervals. On demand where nothing is said. */
    public PipelineBuilder schedule(Schedule schedule) {
        this.schedule = schedule;
        return this;
    }

    /**
     * When the first interval may start: on a date, {@code 2001-02-01}, or at a local time of the
     * schedule's zone, {@code 2001-02-01T00:10}. Fixed intervals are counted from there.
     */
    public PipelineBuilder startingOn(String dateOrTime) {
        bounds = Place.named(() -> bounds.startingOn(dateOrTime));
        return this;
    }

    /**
     * The last local date on which an interval may start, {@code 2001-12-31}; or a local time of
     * the schedule's zone from which on none does, {@code 2001-12-31T12:00}.
     */
    public PipelineBuilder endingOn(String dateOrTime) {
        bounds = Place.named(() -> bounds.endingOn(dateOrTime));
        return this;
    }

    /** Fills the time between the start and the moment the pipeline is first enabled. */
    public PipelineBuilder catchup() {
        filling = filling.withCatchup();
        return this;
    }

    /**
     * What becomes of intervals that came due while no run could start, since nothing was up or the
     * run before took too long. All are filled where nothing is said.
     */
    public PipelineBuilder gaps(PipelineDefinition.Gaps gaps) {
        filling = filling.with(gaps);
        return this;
    }

    /** Each run starts only once the one before it has succeeded. */
    public PipelineBuilder dependsOnPrevious() {
        filling = filling.inSequence();
        return this;
    }

    /**
     * Starts its runs up to so much later, such as {@code 5m}, than they are due: always equally
     * late, and other pipelines by other times.
     */
    public PipelineBuilder jitter(String atMost) {
        filling = Place.named(() -> filling.spreadOver(Durations.parse(atMost)));
        return this;
    }

    /**
     * How long an interval may be due without a run, such as {@code 10m}, until that is an alert;
     * ten minutes where nothing is said.
     */
    public PipelineBuilder lateAfter(String grace) {
        promises = Place.named(() -> promises.lateAfter(Durations.parse(grace)));
        return this;
    }

    /** How long a run may take, such as {@code 2h}, until that is an alert. It goes on. */
    public PipelineBuilder deadline(String atMost) {
        promises = Place.named(() -> promises.within(Durations.parse(atMost)));
        return this;
    }

    /** How many runs of this pipeline may be active at once; one where nothing is said. */
    public PipelineBuilder maxActiveRuns(int runs) {
        filling = Place.named(() -> filling.upTo(runs));
        return this;
    }

    /** How many attempts of its tasks may run at once, over all its runs. */
    public PipelineBuilder maxActiveTasks(int tasks) {
        limits = Place.named(() -> new PipelineDefinition.Limits(OptionalInt.of(tasks)));
        return this;
    }

    /**
     * Says that what {@code tidemark lint} finds by a rule in the code that declares the pipeline,
     * or in its schedule, is meant. What it finds in a task is allowed by {@link Task#allows}.
     *
     * @param rule the name of the rule, such as {@code wall-clock}
     * @param why why it is meant, in one line
     */
    public PipelineBuilder allows(String rule, String why) {
        allowances.add(Allowance.of(rule, why));
        return this;
    }

    /** What its runs may be given. */
    public PipelineBuilder parameters(Parameter<?>... more) {
        for (Parameter<?> parameter : more) {
            parameters.add(parameter.definition());
        }
        return this;
    }

    public <R extends @Nullable Object> Task<R> task(
            String name, Class<R> result, TaskFunction.Of0<R> code) {
        return add(name, ResultType.of(result), code);
    }

    public <A extends @Nullable Object, R extends @Nullable Object> Task<R> task(
            String name, Class<R> result, Input<A> a, TaskFunction.Of1<A, R> code) {
        return add(name, ResultType.of(result), code, a);
    }

    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            Task<R> task(
                    String name,
                    Class<R> result,
                    Input<A> a,
                    Input<B> b,
                    TaskFunction.Of2<A, B, R> code) {
        return add(name, ResultType.of(result), code, a, b);
    }

    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Task<R> task(
                    String name,
                    Class<R> result,
                    Input<A> a,
                    Input<B> b,
                    Input<C> c,
                    TaskFunction.Of3<A, B, C, R> code) {
        return add(name, ResultType.of(result), code, a, b, c);
    }

    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            Task<R> task(
                    String name,
                    Class<R> result,
                    Input<A> a,
                    Input<B> b,
                    Input<C> c,
                    Input<D> d,
                    TaskFunction.Of4<A, B, C, D, R> code) {
        return add(name, ResultType.of(result), code, a, b, c, d);
    }

    public <E> Task<List<E>> list(String name, Class<E> element, TaskFunction.Of0<List<E>> code) {
        return add(name, ResultType.listOf(element), code);
    }

    public <A extends @Nullable Object, E> Task<List<E>> list(
            String name, Class<E> element, Input<A> a, TaskFunction.Of1<A, List<E>> code) {
        return add(name, ResultType.listOf(element), code, a);
    }

    public <A extends @Nullable Object, B extends @Nullable Object, E> Task<List<E>> list(
            String name,
            Class<E> element,
            Input<A> a,
            Input<B> b,
            TaskFunction.Of2<A, B, List<E>> code) {
        return add(name, ResultType.listOf(element), code, a, b);
    }

    public <E, R> MappedTask<R> map(
            String name, Class<R> result, Input<List<E>> elements, TaskFunction.Of1<E, R> code) {
        return mapped(add(name, ResultType.of(result), code, elementOf(elements)));
    }

    /** Each instance also takes {@code shared}. */
    public <E, A extends @Nullable Object, R> MappedTask<R> map(
            String name,
            Class<R> result,
            Input<List<E>> elements,
            Input<A> shared,
            TaskFunction.Of2<E, A, R> code) {
        return mapped(add(name, ResultType.of(result), code, elementOf(elements), shared));
    }

    /**
     * The pipeline as declared so far.
     *
     * @throws TidemarkException where it is not acceptable, naming the place
     */
    public Pipeline build() {
        Place.named(this::refuseWhatNoScheduleCanRun);
        PipelineDefinition definition =
                Place.named(
                        () ->
                                new PipelineDefinition(
                                        name,
                                        new PipelineDefinition.Timing(
                                                schedule, bounds, filling, promises),
                                        parameters,
                                        tasks.values().stream().map(Task::define).toList(),
                                        limits));
        Map<String, Pipeline.Body> bodies = new HashMap<>();
        tasks.values().forEach(task -> bodies.put(task.name(), task.body()));
        return new Pipeline(definition, bodies, allowances);
    }

    private boolean refuseWhatNoScheduleCanRun() {
        boolean isKnownBeforehand =
                schedule instanceof Schedule.Events || schedule instanceof Schedule.OnDemand;
        if (filling.catchup() && bounds.from().isEmpty() && !isKnownBeforehand) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "pipeline " + name + " catches up, and does not say from when; add startingOn");
        }
        for (ParameterDefinition parameter : parameters) {
            if (parameter.defaultText().isEmpty() && !(schedule instanceof Schedule.OnDemand)) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "pipeline "
                                + name
                                + " has a schedule, and its parameter '"
                                + parameter.name()
                                + "' has no default; give it one, or leave the schedule out");
            }
        }
        return true;
    }

    void refuseForeign(Task<?> task, Task<?> other) {
        if (other.pipeline() != this) {
            throw new TidemarkException(
                    ErrorCode.UNKNOWN_INPUT,
                    "task '"
                            + task.name()
                            + "' of pipeline "
                            + name
                            + " waits for '"
                            + other.name()
                            + "' of pipeline "
                            + other.pipeline().name
                            + ", declared at "
                            + other.place()
                            + "; a task can only wait for tasks of its own pipeline ("
                            + Place.ofCaller()
                            + ")");
        }
    }

    private <R extends @Nullable Object> Task<R> add(
            String taskName, ResultType result, TaskFunction code, Input<?>... inputs) {
        Place.named(() -> Names.check("task", taskName));
        Task<R> task =
                new Task<>(
                        this,
                        taskName,
                        result,
                        code,
                        java.util.Arrays.stream(inputs).map(Input::definition).toList());
        for (Input<?> input : inputs) {
            refuseForeign(task, input.task());
        }
        Task<?> earlier = tasks.putIfAbsent(taskName, task);
        if (earlier != null) {
            throw new TidemarkException(
                    ErrorCode.DUPLICATE_NAME,
                    "pipeline "
                            + name
                            + " has two tasks named '"
                            + taskName
                            + "': "
                            + earlier.place()
                            + " and "
                            + task.place());
        }
        return task;
    }

    private static <R> MappedTask<R> mapped(Task<R> task) {
        return new MappedTask<>(task);
    }

    /** The same list, taken one element an instance. */
    private static Input<?> elementOf(Input<?> list) {
        if (list instanceof Task<?> task && task.result().list()) {
            return new Elements(task);
        }
        throw new TidemarkException(
                ErrorCode.UNKNOWN_INPUT,
                "map takes the result of a task declared with list(), not '"
                        + list.task().name()
                        + "' ("
                        + Place.ofCaller()
                        + ")");
    }

    /** One element of a list. */
    private record Elements(Task<?> task) implements Input.OfTask<Object> {
        @Override
        public InputDefinition definition() {
            return new InputDefinition(task.name(), InputDefinition.Form.ELEMENT);
        }
    }
}
