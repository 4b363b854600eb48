package dev.tidemark.store;

import dev.tidemark.Effects;
import dev.tidemark.ErrorClass;
import dev.tidemark.InputDefinition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Pool;
import dev.tidemark.Retry;
import dev.tidemark.TaskDefinition;
import dev.tidemark.TriggerRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes up small graphs: chains, fans, lists with their elements, tolerant tasks. */
final class RandomFlow {
    static final String POOL = "pool";
    static final int HEAVIEST = 2;
    private static final int MOST_TASKS = 6;

    private final Random random;
    private final List<TaskDefinition> tasks = new ArrayList<>();

    private RandomFlow(Random random) {
        this.random = random;
    }

    static PipelineDefinition of(Random random, String name) {
        RandomFlow flow = new RandomFlow(random);
        int count = 1 + random.nextInt(MOST_TASKS);
        for (int i = 0; i < count; i++) {
            flow.add("t" + random.nextInt(MOST_TASKS * 2));
        }
        return Samples.pipeline(name, flow.tasks.toArray(TaskDefinition[]::new));
    }

    private void add(String name) {
        if (tasks.stream().anyMatch(task -> task.name().equals(name))) {
            return;
        }
        List<InputDefinition> inputs = new ArrayList<>();
        for (TaskDefinition upstream : tasks) {
            if (random.nextInt(3) == 0) {
                inputs.add(input(upstream, inputs));
            }
        }
        boolean needs = inputs.stream().anyMatch(it -> it.form() == InputDefinition.Form.RESULT);
        TriggerRule rule = needs ? TriggerRule.ALL_SUCCESS : any(TriggerRule.values());
        tasks.add(
                new TaskDefinition(
                        name,
                        new TaskDefinition.Edges(inputs, List.of(), rule),
                        new TaskDefinition.Policy(
                                Retry.anyError(random.nextInt(3))
                                        .limit(ErrorClass.TRANSIENT, random.nextInt(2)),
                                Duration.ofMinutes(1 + random.nextInt(30)),
                                random.nextBoolean(),
                                false),
                        new TaskDefinition.Assets(
                                List.of(), List.of(), new Effects(Effects.Kind.FENCED, "")),
                        limits()));
    }

    private TaskDefinition.Limits limits() {
        Optional<Pool> pool =
                random.nextInt(3) == 0
                        ? Optional.of(
                                new Pool(POOL, 1 + random.nextInt(HEAVIEST), Optional.empty()))
                        : Optional.empty();
        return new TaskDefinition.Limits(pool, random.nextInt(3) - 1);
    }

    private InputDefinition input(TaskDefinition upstream, List<InputDefinition> others) {
        boolean mapped = upstream.edges().mapsOver().isPresent();
        if (mapped) {
            return new InputDefinition(upstream.name(), InputDefinition.Form.GATHERED);
        }
        boolean mapsAlready =
                others.stream().anyMatch(it -> it.form() == InputDefinition.Form.ELEMENT);
        return new InputDefinition(
                upstream.name(),
                mapsAlready
                        ? InputDefinition.Form.OPTIONAL
                        : any(
                                InputDefinition.Form.ELEMENT,
                                InputDefinition.Form.RESULT,
                                InputDefinition.Form.OPTIONAL));
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
