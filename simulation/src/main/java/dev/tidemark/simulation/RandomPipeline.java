package dev.tidemark.simulation;

import dev.tidemark.Effects;
import dev.tidemark.ErrorClass;
import dev.tidemark.InputDefinition;
import dev.tidemark.InputDefinition.Form;
import dev.tidemark.ParameterDefinition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Pool;
import dev.tidemark.Retry;
import dev.tidemark.Schedule;
import dev.tidemark.TaskDefinition;
import dev.tidemark.TriggerRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes up pipelines: any graph, any rules, fans, lists with their elements, tolerant tasks. */
final class RandomPipeline {
    static final List<String> POOLS = List.of("pool-1", "pool-2");
    static final int HEAVIEST = 2;
    static final String WATERMARK = "proven";
    private static final int MOST_TASKS = 7;
    private static final List<Effects.Kind> KINDS =
            List.of(Effects.Kind.FENCED, Effects.Kind.DECLARED, Effects.Kind.UNKNOWN);

    private final Dice dice;
    private final Effects effects;
    private final List<TaskDefinition> tasks = new ArrayList<>();

    private RandomPipeline(Dice dice) {
        this.dice = dice;
        this.effects = new Effects(dice.any(KINDS), "so it is");
    }

    static PipelineDefinition of(Dice dice, String name, PipelineDefinition.Timing timing) {
        RandomPipeline pipeline = new RandomPipeline(dice);
        int count = dice.from(1, MOST_TASKS);
        for (int i = 0; i < count; i++) {
            // Names come back in later versions, before other tasks and behind others.
            String task = "t" + dice.below(MOST_TASKS + 3);
            if (pipeline.tasks.stream().noneMatch(other -> other.name().equals(task))) {
                pipeline.add(task);
            }
        }
        return new PipelineDefinition(
                name,
                timing,
                List.of(
                        new ParameterDefinition(
                                "p", ParameterDefinition.Type.INTEGER, Optional.of("0"))),
                pipeline.gated(timing.schedule()),
                new PipelineDefinition.Limits(
                        dice.chance(0.3) ? OptionalInt.of(dice.from(1, 3)) : OptionalInt.empty()));
    }

    /** Mostly, one of them advances a watermark. */
    private List<TaskDefinition> gated(Schedule schedule) {
        boolean isCut = schedule instanceof Schedule.Daily || schedule instanceof Schedule.Every;
        if (!isCut || dice.chance(0.3)) {
            return tasks;
        }
        TaskDefinition gate = dice.any(tasks);
        return tasks.stream().map(task -> task.equals(gate) ? gate(task) : task).toList();
    }

    private static TaskDefinition gate(TaskDefinition task) {
        return new TaskDefinition(
                task.name(),
                task.edges(),
                task.policy(),
                new TaskDefinition.Assets(
                        List.of(), List.of(), task.effects(), Optional.of(WATERMARK)),
                task.limits());
    }

    private void add(String name) {
        List<InputDefinition> inputs = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (TaskDefinition upstream : tasks) {
            if (dice.chance(0.35)) {
                inputs.add(new InputDefinition(upstream.name(), form(upstream, inputs)));
            } else if (dice.chance(0.15)) {
                after.add(upstream.name());
            }
        }
        boolean needs = inputs.stream().anyMatch(input -> input.form() == Form.RESULT);
        TriggerRule rule =
                needs || dice.chance(0.3)
                        ? TriggerRule.ALL_SUCCESS
                        : dice.any(TriggerRule.values());
        tasks.add(
                new TaskDefinition(
                        name,
                        new TaskDefinition.Edges(inputs, after, rule),
                        new TaskDefinition.Policy(
                                retry(),
                                Duration.ofSeconds(dice.from(5, 90)),
                                dice.chance(0.3),
                                false),
                        new TaskDefinition.Assets(List.of(), List.of(), effects),
                        limits()));
    }

    private TaskDefinition.Limits limits() {
        Optional<Pool> pool = Optional.empty();
        if (dice.chance(0.35)) {
            pool =
                    Optional.of(
                            new Pool(
                                    dice.any(POOLS),
                                    dice.from(1, HEAVIEST),
                                    dice.chance(0.3) ? Optional.of("p") : Optional.empty()));
        }
        return new TaskDefinition.Limits(pool, dice.chance(0.3) ? dice.from(-2, 2) : 0);
    }

    private Form form(TaskDefinition upstream, List<InputDefinition> others) {
        if (upstream.edges().mapsOver().isPresent()) {
            return Form.GATHERED;
        }
        boolean maps = others.stream().anyMatch(input -> input.form() == Form.ELEMENT);
        return maps
                ? Form.OPTIONAL
                : dice.any(Form.ELEMENT, Form.ELEMENT, Form.RESULT, Form.OPTIONAL);
    }

    private Retry retry() {
        return switch (dice.below(5)) {
            case 0 -> Retry.none();
            case 1 -> Retry.transientErrors(dice.from(1, 3)).fixed("3s");
            case 2 -> Retry.anyError(dice.from(1, 3)).exponential("500ms", "8s").jitter(0.5);
            case 3 ->
                    Retry.anyError(2)
                            .limit(ErrorClass.TRANSIENT, dice.below(4))
                            .exponential("1s", "20s");
            default -> Retry.transientErrors(2).limit(ErrorClass.UNKNOWN, 1).fixed("0s");
        };
    }
}
