package dev.tidemark.bench;

import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Schedule;
import dev.tidemark.Task;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Pipelines whose tasks do next to nothing. */
final class Pipelines {
    /** The first interval of all of them; each round takes the next. */
    static final LocalDate FIRST = LocalDate.of(1900, 1, 1);

    private static final int MOST_DIGITS = 25_000;
    private static final int TEN = 10;

    private Pipelines() {}

    static PipelineBuilder daily(String name) {
        return Pipeline.named(name).schedule(Schedule.daily()).startingOn(FIRST.toString());
    }

    /** Tasks one after the other, each taking the number that the one before returned. */
    static Pipeline chain(int tasks) {
        PipelineBuilder builder = daily("chain_" + tasks);
        Task<Integer> last = builder.task("t0", Integer.class, task -> 0);
        for (int i = 1; i < tasks; i++) {
            last = builder.task("t" + i, Integer.class, last, (task, before) -> before + 1);
        }
        return builder.build();
    }

    /** Tasks that wait for nothing. */
    static Pipeline wide(int tasks) {
        PipelineBuilder builder = daily("wide_" + tasks);
        for (int i = 0; i < tasks; i++) {
            int number = i;
            builder.task("t" + i, Integer.class, task -> number);
        }
        return builder.build();
    }

    /** Tasks fanned out over lists of digits: as long as a result may be, and as many as needed. */
    static Pipeline mapped(String name, int elements, Body body) {
        PipelineBuilder builder = daily(name);
        for (int first = 0; first < elements; first += MOST_DIGITS) {
            int digits = Math.min(MOST_DIGITS, elements - first);
            Task<List<Integer>> list =
                    builder.list(
                            "list" + first,
                            Integer.class,
                            task -> IntStream.range(0, digits).map(i -> i % TEN).boxed().toList());
            builder.map("each" + first, Integer.class, list, (task, digit) -> body.run(digit))
                    .task()
                    .mostlyWaits();
        }
        return builder.build();
    }

    /** What a task does. */
    @FunctionalInterface
    interface Body {
        int run(int digit) throws Exception;
    }
}
