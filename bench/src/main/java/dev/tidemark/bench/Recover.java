package dev.tidemark.bench;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An engine that begins where another one died, with very many live tasks: some of them ran, the
 * others waited for slots. Until it has read them, has lost those that ran, and has kept that; and
 * until the first of them runs again. Beside it, reading the same history and doing nothing with
 * it.
 */
final class Recover {
    private static final int TASKS = 100_000;
    private static final int SLOTS = 1_000;
    private static final int ROUNDS = 5;

    private final AtomicLong firstStart = new AtomicLong();
    private volatile CountDownLatch reached = new CountDownLatch(SLOTS);

    private Recover() {}

    static List<Line> measure(Ground ground, InstantSource clock) throws Exception {
        return new Recover().rounds(ground, clock);
    }

    private List<Line> rounds(Ground ground, InstantSource clock) throws Exception {
        try (Trial first = trial(ground, clock)) {
            first.begin(1);
            reached.await();
        }
        double[] back = new double[ROUNDS];
        double[] start = new double[ROUNDS];
        double[] read = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            reached = new CountDownLatch(SLOTS);
            firstStart.set(0);
            long begin = System.nanoTime();
            try (Trial trial = trial(ground, clock)) {
                reached.await();
                if (round >= 0) {
                    back[round] = Nanos.millis(trial.firstCommit() - begin);
                    start[round] = Nanos.millis(firstStart.get() - begin);
                    long reading = System.nanoTime();
                    refuseFewer(trial.store().history(1).size());
                    read[round] = Nanos.millis(System.nanoTime() - reading);
                }
            }
        }
        Line.Beside beside = new Line.Beside(Optional.of(Spread.of(read)), java.util.Map.of());
        return List.of(
                new Line(
                        "100,000 live tasks back",
                        "ms",
                        Spread.of(back),
                        beside,
                        Line.Costs.UNKNOWN),
                Line.of("the first of them starts", "ms", Spread.of(start)));
    }

    private Trial trial(Ground ground, InstantSource clock) {
        return new Trial(ground, clock, Pipelines.mapped("live", TASKS, this::hang), SLOTS);
    }

    private static void refuseFewer(int changes) {
        if (changes < SLOTS) {
            throw new IllegalStateException("the run has a history of " + changes + " changes");
        }
    }

    private int hang(int digit) throws InterruptedException {
        firstStart.compareAndSet(0, System.nanoTime());
        reached.countDown();
        new CountDownLatch(1).await();
        return digit;
    }
}
