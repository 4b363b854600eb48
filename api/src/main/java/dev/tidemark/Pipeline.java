package dev.tidemark;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A declared pipeline: the definition, which travels, and the code of its tasks, which stays.
 *
 * <pre>{@code
 * var flights = Pipeline.named("flights").schedule(Schedule.daily());
 * var landed  = flights.task("extract", Receipt.class, Flights::extract);
 * flights.task("curate", Receipt.class, landed, Flights::curate);
 * return flights.build();
 * }</pre>
 */
public final class Pipeline {
    private final PipelineDefinition definition;
    private final Map<String, Body> bodies;
    private final List<Allowance> allowances;

    Pipeline(PipelineDefinition definition, Map<String, Body> bodies, List<Allowance> allowances) {
        this.definition = definition;
        this.bodies = Map.copyOf(bodies);
        this.allowances = List.copyOf(allowances);
    }

    /** Begins to declare a pipeline. */
    public static PipelineBuilder named(String name) {
        return new PipelineBuilder(name);
    }

    public PipelineDefinition definition() {
        return definition;
    }

    /** The code of the task of that name. */
    public Body body(String task) {
        return Objects.requireNonNull(bodies.get(task), task);
    }

    /** What its author means of that which {@code tidemark lint} finds outside its tasks. */
    public List<Allowance> allowances() {
        return allowances;
    }

    /**
     * The same pipeline, with what somebody who looked at the code found of those tasks of which
     * the author says nothing.
     *
     * @param found what is known of a task, by its name
     */
    public Pipeline inspected(Function<String, Effects> found) {
        return new Pipeline(
                definition.with(
                        task ->
                                task.effects().kind() == Effects.Kind.UNKNOWN
                                        ? task.with(found.apply(task.name()))
                                        : task),
                bodies,
                allowances);
    }

    /**
     * What a task runs.
     *
     * @param result the type of its result
     * @param place the file and line that declare the task, such as {@code Flights.java:31}
     * @param allowances what its author means of that which {@code tidemark lint} finds in it
     * @param produces the assets that it publishes, as its author has them
     */
    public record Body(
            TaskFunction function,
            ResultType result,
            String place,
            List<Allowance> allowances,
            List<Asset> produces) {
        public Body {
            allowances = List.copyOf(allowances);
            produces = List.copyOf(produces);
        }
    }
}
