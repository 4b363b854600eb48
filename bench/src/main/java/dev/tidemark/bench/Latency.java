package dev.tidemark.bench;

import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Task;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * From the end of a task's code to the start of the code of the one that waits for it, while a
 * thousand tasks start a second: pairs of a task that ends at its appointed time, and its
 * dependent.
 */
final class Latency {
    private static final int TASKS_PER_SECOND = 1_000;
    private static final int PAIRS = 5_000;
    private static final int ROUNDS = 3;
    private static final double HALF = 0.5;
    private static final double NEARLY_ALL = 0.99;

    /** All that wait for their time do so in slots. */
    private static final int SLOTS = 2 * PAIRS;

    private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(2) / TASKS_PER_SECOND;

    /** Until all have started: that is another bench's matter. */
    private static final long NANOS_TO_BEGIN = TimeUnit.SECONDS.toNanos(3);

    /** By {@link System#nanoTime}. Each place is written by one attempt. */
    private final AtomicLongArray ends = new AtomicLongArray(PAIRS);

    private final AtomicLongArray starts = new AtomicLongArray(PAIRS);
    private volatile long begin;

    private Latency() {}

    static List<Line> measure(Ground ground, InstantSource clock) throws Exception {
        Latency latency = new Latency();
        try (Trial trial = new Trial(ground, clock, latency.pairs(), SLOTS)) {
            latency.round(trial);
            double[] half = new double[ROUNDS];
            double[] nearlyAll = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                double[] sorted = latency.round(trial);
                half[round] = Spread.percentile(sorted, HALF);
                nearlyAll[round] = Spread.percentile(sorted, NEARLY_ALL);
            }
            return new ArrayList<>(
                    List.of(
                            Line.of("end to start, p50", "ms", Spread.of(half)),
                            Line.of("end to start, p99", "ms", Spread.of(nearlyAll))));
        }
    }

    private double[] round(Trial trial) throws Exception {
        begin = System.nanoTime() + NANOS_TO_BEGIN;
        trial.run();
        double[] millis = new double[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            millis[pair] = Nanos.millis(starts.get(pair) - ends.get(pair));
        }
        Arrays.sort(millis);
        return millis;
    }

    private Pipeline pairs() {
        PipelineBuilder builder = Pipelines.daily("pairs");
        for (int i = 0; i < PAIRS; i++) {
            int pair = i;
            Task<Integer> first =
                    builder.task("first" + i, Integer.class, task -> first(pair)).mostlyWaits();
            builder.task("then" + i, Integer.class, first, (task, number) -> then(pair))
                    .mostlyWaits();
        }
        return builder.build();
    }

    private int first(int pair) {
        long due = begin + pair * NANOS_BETWEEN;
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
        ends.set(pair, System.nanoTime());
        return pair;
    }

    private int then(int pair) {
        starts.set(pair, System.nanoTime());
        return pair;
    }
}
