package dev.tidemark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The typed handle of a task of a pipeline under construction. Taking it as an input is depending
 * on it. The methods change the task and return the handle.
 *
 * @param <T> the type of its result
 */
public final class Task<T extends @Nullable Object> implements Input.OfTask<T> {
    private final PipelineBuilder pipeline;
    private final String name;
    private final String place;
    private final ResultType result;
    private final TaskFunction function;
    private final List<InputDefinition> inputs;
    private final List<String> after = new ArrayList<>();
    private final List<Asset> produces = new ArrayList<>();
    private final List<String> consumes = new ArrayList<>();
    private TriggerRule rule = TriggerRule.ALL_SUCCESS;
    private TaskDefinition.Policy policy = TaskDefinition.Policy.DEFAULT;
    private TaskDefinition.Limits limits = TaskDefinition.Limits.NONE;
    private final List<Allowance> allowances = new ArrayList<>();
    private Effects effects = Effects.UNSEEN;
    private Optional<Watermark> advances = Optional.empty();

    Task(
            PipelineBuilder pipeline,
            String name,
            ResultType result,
            TaskFunction function,
            List<InputDefinition> inputs) {
        this.pipeline = pipeline;
        this.name = name;
        this.place = Place.ofCaller();
        this.result = result;
        this.function = function;
        this.inputs = inputs;
    }

    public String name() {
        return name;
    }

    @Override
    public Task<T> task() {
        return this;
    }

    /** Tries again after errors. Without this call a task is attempted once. */
    public Task<T> retry(Retry retry) {
        policy = policy.with(retry);
        return this;
    }

    /** The longest an attempt may take, such as {@code 30m}; a day where nothing is said. */
    public Task<T> timeout(String duration) {
        policy = Place.named(() -> policy.within(Durations.parse(duration)));
        return this;
    }

    /** When it runs, given how the tasks it waits for ended. */
    public Task<T> when(TriggerRule rule) {
        this.rule = rule;
        return this;
    }

    /** Waits for other tasks without taking their results. */
    public Task<T> after(Task<?>... others) {
        for (Task<?> other : others) {
            pipeline.refuseForeign(this, other);
            after.add(other.name);
        }
        return this;
    }

    /** Its failure, and what could not run because of it, does not fail the run. */
    public Task<T> mayFail() {
        policy = policy.tolerated();
        return this;
    }

    /** It spends its time waiting for others, so it gets a virtual thread. */
    public Task<T> mostlyWaits() {
        policy = policy.waiting();
        return this;
    }

    /** An attempt holds one slot of a pool that tasks of all pipelines share. */
    public Task<T> pool(String name) {
        return pool(Pool.named(name));
    }

    /** An attempt holds that many slots of a pool. */
    public Task<T> pool(String name, int weight) {
        return pool(Pool.named(name).weight(weight));
    }

    /** An attempt holds slots of a pool. */
    public Task<T> pool(Pool pool) {
        limits = limits.in(pool);
        return this;
    }

    /**
     * How many minutes of waiting it has ahead of others, -100 to 100; 0 where nothing is said. Of
     * the tasks that could start, the one goes first that has waited longest, its priority added;
     * so a higher one goes first, and nobody waits for ever.
     */
    public Task<T> priority(int minutes) {
        limits = Place.named(() -> limits.with(minutes));
        return this;
    }

    /** Names assets this task publishes. */
    public Task<T> produces(Asset... assets) {
        produces.addAll(List.of(assets));
        return this;
    }

    /** Names assets this task reads. */
    public Task<T> consumes(Asset... assets) {
        for (Asset asset : assets) {
            consumes.add(asset.name());
        }
        return this;
    }

    /**
     * Says that running it twice is running it once, though not all it writes goes through {@link
     * TaskContext#into}. Without this, history is not run again where that would run the task
     * again, unless somebody accepts it.
     *
     * @param why how that comes, for whoever runs it again, such as {@code "the mail has a key of
     *     its own, and their server sends it once"}
     */
    public Task<T> idempotent(String why) {
        effects =
                Place.named(
                        () -> {
                            if (why.isBlank() || why.lines().count() > 1) {
                                throw new TidemarkException(
                                        ErrorCode.INVALID_DEFINITION,
                                        "task '"
                                                + name
                                                + "' is said to be idempotent; say in one line how"
                                                + " that comes");
                            }
                            return new Effects(Effects.Kind.DECLARED, why);
                        });
        return this;
    }

    /**
     * Proves an interval: once it has succeeded for an interval and for all before it, the
     * watermark stands at that interval's end. One task of a pipeline advances a watermark, and the
     * pipeline has a schedule that cuts time beforehand.
     */
    public Task<T> advances(Watermark watermark) {
        advances = Optional.of(watermark);
        return this;
    }

    /**
     * Says that what {@code tidemark lint} finds in this task by a rule is meant.
     *
     * @param rule the name of the rule, such as {@code wall-clock}
     * @param why why it is meant, in one line, such as {@code "the page says when it was fetched"}
     */
    public Task<T> allows(String rule, String why) {
        allowances.add(Allowance.of(rule, why));
        return this;
    }

    /** Its result where there is one: for tasks that may run although this one failed. */
    public Input<Optional<T>> optional() {
        return new Input.OfOptional<>(this);
    }

    PipelineBuilder pipeline() {
        return pipeline;
    }

    /** The file and line that declared it, for errors. */
    String place() {
        return place;
    }

    ResultType result() {
        return result;
    }

    Pipeline.Body body() {
        return new Pipeline.Body(function, result, place, allowances, produces);
    }

    TaskDefinition define() {
        return new TaskDefinition(
                name,
                new TaskDefinition.Edges(inputs, after, rule),
                policy,
                new TaskDefinition.Assets(
                        produces.stream().map(Asset::name).toList(),
                        consumes,
                        effects,
                        advances.map(Watermark::name)),
                limits);
    }
}
