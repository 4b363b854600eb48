package dev.tidemark.core;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.Retry;
import dev.tidemark.TriggerRule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Makes up pipelines: any graph, any rules, some fan-out. */
final class RandomFlow {
    static final String POOL = "pool";
    static final int HEAVIEST = 3;
    private static final int MOST_TASKS = 8;

    private final Random random;
    private final List<Declared> tasks = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private RandomFlow(Random random) {
        this.random = random;
    }

    static PipelineDefinition of(Random random) {
        return new RandomFlow(random).made();
    }

    private PipelineDefinition made() {
        int count = 1 + random.nextInt(MOST_TASKS);
        while (names.size() < count) {
            if (random.nextInt(4) == 0) {
                fanOut();
            } else {
                String name = "task-" + names.size();
                add(name, Declared.task(name));
            }
        }
        return random.nextInt(4) == 0
                ? Declared.flow(
                        new PipelineDefinition.Limits(OptionalInt.of(1 + random.nextInt(3))), tasks)
                : Declared.flow(tasks);
    }

    /** A list, what is mapped over it, and perhaps what gathers that. */
    private void fanOut() {
        String list = "list-" + names.size();
        add(list, Declared.task(list));
        String mapped = "mapped-" + names.size();
        add(mapped, Declared.task(mapped).mapping(list));
        if (random.nextBoolean()) {
            String gather = "gather-" + names.size();
            add(gather, Declared.task(gather).gathering(mapped));
        }
    }

    private void add(String name, Declared task) {
        List<String> others = new ArrayList<>(names);
        for (int i = random.nextInt(4); i > 0 && !others.isEmpty(); i--) {
            task.after(others.remove(random.nextInt(others.size())));
        }
        task.when(rule()).retry(Retry.transientErrors(random.nextInt(3)));
        if (random.nextInt(4) == 0) {
            task.mayFail();
        }
        if (random.nextInt(3) == 0) {
            task.pool(POOL, 1 + random.nextInt(HEAVIEST));
        }
        if (random.nextInt(3) == 0) {
            task.priority(random.nextInt(5) - 2);
        }
        tasks.add(task);
        names.add(name);
    }

    private TriggerRule rule() {
        TriggerRule[] rules = TriggerRule.values();
        return random.nextInt(3) == 0
                ? TriggerRule.ALL_SUCCESS
                : rules[random.nextInt(rules.length)];
    }
}
