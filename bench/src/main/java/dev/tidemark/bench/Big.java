package dev.tidemark.bench;

import dev.tidemark.PipelineBuilder;
import dev.tidemark.engine.Engine;
import dev.tidemark.store.RunFilter;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One run of very many tasks, and very many runs of one task. */
final class Big {
    private static final int TASKS = 100_000;
    private static final int RUNS = 1_000;
    private static final int SLOTS = 256;
    private static final int ROUNDS = 3;
    private static final int LIST_ROUNDS = 5;
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
            Spread all = Chain.rounds(LIST_ROUNDS, () -> listMillis(trial, run));
            return List.of(
                    Line.of("run of 100,000", "s", Spread.of(seconds)),
                    Line.of("heap a live task", "bytes", Spread.of(bytes)),
                    Line.of("heap left after its run", "KiB", Spread.of(left)),
                    Line.of("list of its 100,000 tasks", "ms", all));
        }
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

    private static double listMillis(Trial trial, long run) {
        long start = System.nanoTime();
        int tasks = trial.store().tasks(run).size();
        if (tasks < TASKS) {
            throw new IllegalStateException("the run has " + tasks + " tasks");
        }
        return Nanos.millis(System.nanoTime() - start);
    }

    /** After a full collection. */
    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
