package dev.tidemark.engine;

import dev.tidemark.Boundary;
import dev.tidemark.FencingToken;
import dev.tidemark.InputDefinition;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Effect;
import dev.tidemark.core.Run;
import dev.tidemark.core.TaskInstance;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskResult;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.Timetable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes out what an executor needs to know of an attempt. */
final class Orders {
    private Orders() {}

    static AttemptOrder of(Run run, Effect.StartAttempt start, String issuer) {
        PipelineDefinition pipeline = run.graph().definition();
        Boundary.Writer writer =
                new Boundary.Writer(
                        pipeline.name(),
                        run.graph().version(),
                        run.identity().name(),
                        start.task().label(),
                        start.number());
        List<AttemptOrder.Argument> arguments =
                run.graph().task(start.task().task()).edges().inputs().stream()
                        .map(input -> argument(run, input, start.task().element()))
                        .toList();
        return new AttemptOrder(
                start.task(),
                writer,
                new FencingToken(issuer, start.token()),
                scope(pipeline, run),
                arguments);
    }

    private static AttemptOrder.Scope scope(PipelineDefinition pipeline, Run run) {
        Timetable timetable = run.graph().timetable();
        Interval interval = run.identity().interval();
        Map<String, String> parameters = new HashMap<>();
        pipeline.parameters()
                .forEach(
                        parameter ->
                                parameter
                                        .defaultText()
                                        .ifPresent(text -> parameters.put(parameter.name(), text)));
        parameters.putAll(run.identity().parameters());
        return new AttemptOrder.Scope(
                timetable.partition(interval),
                timetable.before(interval).map(timetable::partition),
                Map.copyOf(parameters));
    }

    private static AttemptOrder.Argument argument(Run run, InputDefinition input, int element) {
        List<TaskInstance> instances = run.node(input.task()).instances();
        Optional<String> first = instances.getFirst().result().map(TaskResult::json);
        return switch (input.form()) {
            case RESULT -> new AttemptOrder.Argument.Value(input.task(), first.orElseThrow());
            case OPTIONAL -> new AttemptOrder.Argument.Perhaps(input.task(), first);
            case GATHERED ->
                    new AttemptOrder.Argument.All(
                            input.task(),
                            instances.stream()
                                    .filter(instance -> instance.state() == TaskState.SUCCEEDED)
                                    .flatMap(instance -> instance.result().stream())
                                    .map(TaskResult::json)
                                    .toList());
            case ELEMENT ->
                    new AttemptOrder.Argument.Element(
                            input.task(), first.orElseThrow(), checked(element));
        };
    }

    private static int checked(int element) {
        if (element == TaskKey.NONE) {
            throw new IllegalStateException("a mapped task starts only once it is expanded");
        }
        return element;
    }
}
