package dev.tidemark.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Schedule;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Home;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Terms;
import dev.tidemark.engine.Watcher;
import dev.tidemark.engine.Workplace;
import dev.tidemark.store.Store;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Very many pipelines whose schedules tick at the same moment, once a minute: how late the code of
 * their tasks begins, and what a minute of it costs the processor.
 */
final class Many {
    private static final int PIPELINES = 10_000;

    /** In the first minutes all is compiled, and the latest intervals before are run. */
    private static final int MINUTES_TO_BEGIN = 2;

    private static final int MINUTES = 3;
    private static final ChronoUnit MINUTE = ChronoUnit.MINUTES;
    private static final int NEARLY_A_MINUTE = 59;
    private static final double HALF = 0.5;
    private static final double NEARLY_ALL = 0.99;
    private static final double PERCENT = 100;

    private final InstantSource clock;

    /** By tick, how late each run was, in milliseconds. */
    private final Map<Instant, ConcurrentLinkedQueue<Double>> lags = new ConcurrentHashMap<>();

    private Many(InstantSource clock) {
        this.clock = clock;
    }

    static List<Line> measure(Ground ground, InstantSource clock) throws Exception {
        return new Many(clock).measure(ground);
    }

    private List<Line> measure(Ground ground) throws Exception {
        List<PipelineCode> codes = new ArrayList<>();
        for (int i = 0; i < PIPELINES; i++) {
            codes.add(new PipelineCode(minutely("minutely_" + i), "v1", ground.folder()));
        }
        Workplace workplace =
                new Workplace(
                        Home.at(ground.folder().resolve("home")), clock, Steps.UNHEARD, false);
        Terms terms =
                new Terms(
                        "bench",
                        Terms.LEASE,
                        Engine.defaultSlots(),
                        Terms.Scope.EVERYTHING,
                        Duration.ZERO);
        OperatingSystemMXBean machine =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double[] half = new double[MINUTES];
        double[] nearlyAll = new double[MINUTES];
        double[] busy = new double[MINUTES];
        try (Store store = ground.open();
                Engine _ = Engine.start(store, workplace, terms, Watcher.NOBODY, codes)) {
            Instant tick =
                    clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(MINUTES_TO_BEGIN, MINUTE);
            for (int minute = 0; minute < MINUTES; minute++) {
                sleepUntil(tick.minusSeconds(1));
                long before = machine.getProcessCpuTime();
                sleepUntil(tick.plusSeconds(NEARLY_A_MINUTE));
                long spent = machine.getProcessCpuTime() - before;
                double[] sorted = sorted(tick);
                half[minute] = Spread.percentile(sorted, HALF);
                nearlyAll[minute] = Spread.percentile(sorted, NEARLY_ALL);
                busy[minute] = PERCENT * spent / TimeUnit.MINUTES.toNanos(1);
                tick = tick.plus(1, MINUTE);
            }
        }
        return List.of(
                Line.of("tick to start, p50", "ms", Spread.of(half)),
                Line.of("tick to start, p99", "ms", Spread.of(nearlyAll)),
                Line.of("of one core", "%", Spread.of(busy)));
    }

    private Pipeline minutely(String name) {
        PipelineBuilder builder = Pipeline.named(name).schedule(Schedule.cron("* * * * *"));
        builder.task(
                "only",
                Integer.class,
                task -> {
                    Instant due = task.interval().end();
                    double late = Nanos.millis(Duration.between(due, clock.instant()).toNanos());
                    lags.computeIfAbsent(due, _ -> new ConcurrentLinkedQueue<>()).add(late);
                    return 0;
                });
        return builder.build();
    }

    private void sleepUntil(Instant instant) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(
                Math.max(0, Duration.between(clock.instant(), instant).toNanos()));
    }

    /** All must have begun within the minute. */
    private double[] sorted(Instant tick) {
        double[] millis =
                Objects.requireNonNull(lags.remove(tick), "nothing began").stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        if (millis.length != PIPELINES) {
            throw new IllegalStateException(
                    millis.length + " of " + PIPELINES + " runs began within a minute");
        }
        Arrays.sort(millis);
        return millis;
    }
}
