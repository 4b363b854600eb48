package dev.tidemark.core;

import dev.tidemark.Bounds;
import dev.tidemark.Effects;
import dev.tidemark.InputDefinition;
import dev.tidemark.ParameterDefinition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Pool;
import dev.tidemark.Retry;
import dev.tidemark.Schedule;
import dev.tidemark.TaskDefinition;
import dev.tidemark.TriggerRule;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A task declared for a test, in one line: {@code task("b").after("a").when(ALL_DONE)}. */
final class Declared {
    /** The first day of pipelines in tests. */
    static final LocalDate START = LocalDate.of(2001, 2, 1);

    /** A parameter that every pipeline has. */
    static final ParameterDefinition CUSTOMER =
            new ParameterDefinition(
                    "customer", ParameterDefinition.Type.TEXT, Optional.of("nobody"));

    private final String name;
    private final List<InputDefinition> inputs = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private TriggerRule rule = TriggerRule.ALL_SUCCESS;
    private Retry retry = Retry.none();
    private Duration timeout = Duration.ofDays(1);
    private boolean mayFail;
    private TaskDefinition.Limits limits = TaskDefinition.Limits.NONE;
    private Effects effects = new Effects(Effects.Kind.FENCED, "all it writes goes through into");

    private Optional<String> advances = Optional.empty();

    private Declared(String name) {
        this.name = name;
    }

    static Declared task(String name) {
        return new Declared(name);
    }

    /** A daily pipeline named {@code flow}. */
    static PipelineDefinition flow(Declared... tasks) {
        return flow(Arrays.asList(tasks));
    }

    static PipelineDefinition flow(List<Declared> tasks) {
        return flow(PipelineDefinition.Limits.NONE, tasks);
    }

    /** The same, with no more attempts at once than that. */
    static PipelineDefinition flow(int maxActiveTasks, Declared... tasks) {
        return flow(
                new PipelineDefinition.Limits(OptionalInt.of(maxActiveTasks)),
                Arrays.asList(tasks));
    }

    static PipelineDefinition flow(PipelineDefinition.Limits limits, List<Declared> tasks) {
        return new PipelineDefinition(
                "flow",
                PipelineDefinition.Timing.of(Schedule.daily(), Bounds.startingOn(START)),
                List.of(CUSTOMER),
                tasks.stream().map(Declared::definition).toList(),
                limits);
    }

    Declared after(String... upstreams) {
        after.addAll(List.of(upstreams));
        return this;
    }

    Declared mapping(String list) {
        inputs.add(new InputDefinition(list, InputDefinition.Form.ELEMENT));
        return this;
    }

    Declared taking(String upstream) {
        inputs.add(new InputDefinition(upstream, InputDefinition.Form.RESULT));
        return this;
    }

    Declared gathering(String mapped) {
        inputs.add(new InputDefinition(mapped, InputDefinition.Form.GATHERED));
        return this;
    }

    Declared when(TriggerRule changed) {
        rule = changed;
        return this;
    }

    Declared retry(Retry changed) {
        retry = changed;
        return this;
    }

    Declared timeout(Duration changed) {
        timeout = changed;
        return this;
    }

    Declared mayFail() {
        mayFail = true;
        return this;
    }

    Declared pool(String pool, int weight) {
        limits =
                new TaskDefinition.Limits(
                        Optional.of(new Pool(pool, weight, Optional.empty())), limits.priority());
        return this;
    }

    /** A pool that is there for each customer. */
    Declared poolPerCustomer(String pool) {
        limits =
                new TaskDefinition.Limits(
                        Optional.of(new Pool(pool, 1, Optional.of(CUSTOMER.name()))),
                        limits.priority());
        return this;
    }

    /** Nobody knows what it does a second time. */
    Declared unknownEffects() {
        effects = new Effects(Effects.Kind.UNKNOWN, "sends a mail (Flow.java:7)");
        return this;
    }

    /** It advances the watermark {@code proven}. */
    Declared advances() {
        advances = Optional.of("proven");
        return this;
    }

    Declared priority(int minutes) {
        limits = new TaskDefinition.Limits(limits.pool(), minutes);
        return this;
    }

    private TaskDefinition definition() {
        return new TaskDefinition(
                name,
                new TaskDefinition.Edges(inputs, after, rule),
                new TaskDefinition.Policy(retry, timeout, mayFail, false),
                new TaskDefinition.Assets(List.of(), List.of(), effects, advances),
                limits);
    }
}
