package dev.tidemark.bench;

import dev.tidemark.PipelineBuilder;
import dev.tidemark.core.TaskState;
import dev.tidemark.engine.Engine;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskCounts;
import dev.tidemark.store.TaskFilter;
import dev.tidemark.store.TaskView;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/** One run of very many tasks, and very many runs of one task. */
final class Big {
    private static final int TASKS = 100_000;
    private static final int RUNS = 1_000;
    private static final int SLOTS = 256;
    private static final int ROUNDS = 3;
    private static final int LIST_ROUNDS = 5;
    private static final int PAGE = 1_000;
    private static final int KIB = 1024;

    private Big() {}

    static List<Line> measure(Ground ground, InstantSource clock) throws Exception {
        List<Line> lines = new ArrayList<>(tasks(ground, clock));
        lines.add(runs(ground, clock));
        return lines;
    }

    /** A body that waits, so that all there is can be weighed while it is live. */
    private static final class Gate {
        private volatile CountDownLatch open = new CountDownLatch(0);
        private volatile CountDownLatch reached = new CountDownLatch(0);

        private void close(int attempts) {
            open = new CountDownLatch(1);
            reached = new CountDownLatch(attempts);
        }

        private int pass(int digit) throws InterruptedException {
            reached.countDown();
            open.await();
            return digit;
        }
    }

    private static List<Line> tasks(Ground ground, InstantSource clock) throws Exception {
        Gate gate = new Gate();
        double[] seconds = new double[ROUNDS];
        double[] bytes = new double[ROUNDS];
        double[] left = new double[ROUNDS];
        try (Trial trial =
                new Trial(ground, clock, Pipelines.mapped("big", TASKS, gate::pass), SLOTS)) {
            trial.run();
            for (int round = 0; round < ROUNDS; round++) {
                long before = heapInUse();
                gate.close(SLOTS);
                Engine.Ticket ticket = trial.begin(1);
                gate.reached.await();
                bytes[round] = (double) (heapInUse() - before) / TASKS;
                gate.open.countDown();
                Trial.await(ticket);
                left[round] = (double) (heapInUse() - before) / KIB;
            }
            for (int round = 0; round < ROUNDS; round++) {
                seconds[round] = Nanos.seconds(trial.run());
            }
            long run = trial.store().runs(RunFilter.ALL).getFirst().number();
            List<Line> lines = new ArrayList<>();
            lines.add(Line.of("run of 100,000", "s", Spread.of(seconds)));
            lines.add(Line.of("heap a live task", "bytes", Spread.of(bytes)));
            lines.add(Line.of("heap left after its run", "KiB", Spread.of(left)));
            lines.addAll(lists(trial.store(), run));
            return lines;
        }
    }

    private static List<Line> lists(StoreReader store, long run) throws Exception {
        List<TaskView> all = store.tasks(run);
        TaskFilter middle =
                TaskFilter.ALL
                        .limit(PAGE)
                        .after(TaskFilter.Place.of(all.get(all.size() / 2).task()));
        TaskFilter nothing = TaskFilter.ALL.state(TaskState.FAILED);
        return List.of(
                list("list of its 100,000 tasks", all.size(), () -> store.tasks(run).size()),
                list("page of 1,000 from the middle", PAGE, () -> store.tasks(run, middle).size()),
                list("page of what failed, nothing", 0, () -> store.tasks(run, nothing).size()),
                list(
                        "its tasks counted by state",
                        all.size(),
                        () ->
                                store.taskCounts(run).stream()
                                        .mapToInt(TaskCounts::instances)
                                        .sum()));
    }

    /** Looks at so many task instances in each round. */
    private static Line list(String name, int expected, IntSupplier look) throws Exception {
        return Line.of(
                name,
                "ms",
                Chain.rounds(
                        LIST_ROUNDS,
                        () -> {
                            long start = System.nanoTime();
                            int seen = look.getAsInt();
                            long nanos = System.nanoTime() - start;
                            if (seen != expected) {
                                throw new IllegalStateException(
                                        name + " saw " + seen + " tasks, not " + expected);
                            }
                            return Nanos.millis(nanos);
                        }));
    }

    private static Line runs(Ground ground, InstantSource clock) throws Exception {
        Gate gate = new Gate();
        double[] bytes = new double[ROUNDS];
        PipelineBuilder single = Pipelines.daily("single").maxActiveRuns(RUNS);
        single.task("only", Integer.class, task -> gate.pass(0)).mostlyWaits();
        try (Trial trial = new Trial(ground, clock, single.build(), RUNS)) {
            for (int round = 0; round < ROUNDS; round++) {
                long before = heapInUse();
                gate.close(RUNS);
                Engine.Ticket ticket = trial.begin(RUNS);
                gate.reached.await();
                bytes[round] = (double) (heapInUse() - before) / RUNS;
                gate.open.countDown();
                Trial.await(ticket);
            }
        }
        return Line.of("heap a live run", "bytes", Spread.of(bytes));
    }

    /** After a full collection. */
    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
