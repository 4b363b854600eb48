package dev.tidemark.store;

import dev.tidemark.ErrorClass;
import dev.tidemark.Evidence;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes up how attempts end. */
final class RandomOutcome {
    private static final int MOST_ELEMENTS = 4;

    private RandomOutcome() {}

    static Outcome of(Random random, TaskKey task, long token) {
        return switch (random.nextInt(16)) {
            case 0 -> new Outcome.Skipped("nothing to do");
            case 1, 2 ->
                    new Outcome.Failed(
                            ErrorClass.TRANSIENT,
                            "no answer",
                            random.nextBoolean()
                                    ? Optional.of(Duration.ofSeconds(random.nextInt(100)))
                                    : Optional.empty());
            case 3 -> new Outcome.Failed(ErrorClass.UNKNOWN, Samples.ODD_TEXT, Optional.empty());
            case 4 -> new Outcome.Lost("out of memory", random.nextBoolean());
            default -> succeeded(random, task, token);
        };
    }

    private static Outcome succeeded(Random random, TaskKey task, long token) {
        int elements = random.nextInt(MOST_ELEMENTS);
        List<Evidence> evidence =
                random.nextBoolean()
                        ? List.of()
                        : List.of(Samples.evidence(task.task(), "p" + random.nextInt(2), token));
        return new Outcome.Succeeded(
                new TaskResult("[" + "1,".repeat(elements) + "]", elements), evidence);
    }
}
