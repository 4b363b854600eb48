package dev.tidemark.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Schedule;
import dev.tidemark.core.Graph;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Health;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Very many pipelines that tick once a minute: how late the code of their tasks begins, and what a
 * minute of it costs the processor. First all tick in the same second, then each in its own, which
 * their jitter decides. Beside it, the bare store starts and ends as many tasks.
 */
final class Many {
    private static final int PIPELINES = 10_000;
    private static final int SLOTS = 256;
    private static final int MINUTES_AT_ONCE = 2;
    private static final int MINUTES_APART = 1;
    private static final int BARE_ROUNDS = 5;

    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double HALF = 0.5;
    private static final double NEARLY_ALL = 0.99;
    private static final double PERCENT = 100;
    private static final int LOOK_EVERY_MILLIS = 10;

    private final Ground ground;
    private final InstantSource clock;
    private final OperatingSystemMXBean machine =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final AtomicLong commits = new AtomicLong();

    /** By the end of the interval, how late each run was, in milliseconds. */
    private final Map<Instant, Queue<Double>> lags = new ConcurrentHashMap<>();

    /** By pipeline. */
    private final Map<String, Graph> graphs = new ConcurrentHashMap<>();

    private Many(Ground ground, InstantSource clock) {
        this.ground = ground;
        this.clock = clock;
    }

    /**
     * What a minute showed: how late the runs were, in milliseconds, and what all of it took.
     *
     * @param busy how much of one core this process took, in percent
     */
    private record Minute(
            double half, double nearlyAll, double last, double busy, double commits) {}

    static List<Line> measure(Ground ground, InstantSource clock) throws Exception {
        return new Many(ground, clock).measure();
    }

    private List<Line> measure() throws Exception {
        List<Minute> atOnce = new ArrayList<>();
        List<Minute> apart = new ArrayList<>();
        OptionalLong syncs;
        try (Store store = ground.open()) {
            try (Engine _ = started(store, "at-once", UnaryOperator.identity())) {
                // All is compiled meanwhile, and the intervals before are run.
                syncs = ground.syncsOf(this::minute);
                for (int i = 0; i < MINUTES_AT_ONCE; i++) {
                    atOnce.add(minute());
                }
            }
            try (Engine _ = started(store, "apart", builder -> builder.jitter("50s"))) {
                for (int i = 0; i < MINUTES_APART; i++) {
                    apart.add(minute());
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        lines.add(lateness("10,000 at once, p50", atOnce, Minute::half));
        lines.add(lateness("10,000 at once, p99", atOnce, Minute::nearlyAll));
        lines.add(
                new Line(
                        "10,000 at once, the last",
                        "ms",
                        spread(atOnce, Minute::last),
                        new Line.Beside(Optional.of(bare()), Map.of()),
                        new Line.Costs(
                                OptionalDouble.of(
                                        spread(atOnce, Minute::commits).median() / PIPELINES),
                                Chain.per(syncs, PIPELINES))));
        lines.add(Line.of("a minute, of one core", "%", spread(atOnce, Minute::busy)));
        lines.add(lateness("within 50 s, p50", apart, Minute::half));
        lines.add(lateness("within 50 s, p99", apart, Minute::nearlyAll));
        lines.add(lateness("within 50 s, the latest", apart, Minute::last));
        lines.add(Line.of("a minute, of one core", "%", spread(apart, Minute::busy)));
        return lines;
    }

    private static Line lateness(String name, List<Minute> minutes, ToDoubleFunction<Minute> what) {
        return Line.of(name, "ms", spread(minutes, what));
    }

    private static Spread spread(List<Minute> minutes, ToDoubleFunction<Minute> what) {
        return Spread.of(minutes.stream().mapToDouble(what).toArray());
    }

    /** How long the bare store takes to start and end as many tasks. */
    private Spread bare() throws Exception {
        try (BareStore bare = ground.bare()) {
            bare.batchedPerSecond(PIPELINES, SLOTS);
            return Chain.rounds(
                    BARE_ROUNDS,
                    () ->
                            TimeUnit.SECONDS.toMillis(PIPELINES)
                                    / bare.batchedPerSecond(PIPELINES, SLOTS));
        }
    }

    /** An engine that has taken the schedules up. */
    private Engine started(Store store, String version, UnaryOperator<PipelineBuilder> with)
            throws InterruptedException {
        List<PipelineCode> codes = new ArrayList<>();
        for (int i = 0; i < PIPELINES; i++) {
            codes.add(new PipelineCode(minutely("minutely_" + i, with), version, ground.folder()));
        }
        Home home = Home.at(ground.folder().resolve("home"));
        Workplace workplace = new Workplace(home, clock, Steps.UNHEARD, false);
        Terms terms = new Terms(version, Terms.LEASE, SLOTS, Terms.Scope.EVERYTHING, Duration.ZERO);
        Watcher watcher = (changes, at) -> commits.incrementAndGet();
        Engine engine = Engine.start(store, workplace, terms, watcher, codes);
        while (engine.health().role() != Health.Role.ACTIVE) {
            if (engine.failure().isPresent()) {
                throw new IllegalStateException("the engine stopped", engine.failure().get());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        return engine;
    }

    private Pipeline minutely(String name, UnaryOperator<PipelineBuilder> with) {
        PipelineBuilder builder =
                with.apply(Pipeline.named(name).schedule(Schedule.cron("* * * * *")));
        builder.task(
                "only",
                Integer.class,
                task -> {
                    Instant due = Objects.requireNonNull(graphs.get(name)).due(task.interval());
                    double late = Nanos.millis(Duration.between(due, clock.instant()).toNanos());
                    lags.computeIfAbsent(task.interval().end(), _ -> new ConcurrentLinkedQueue<>())
                            .add(late);
                    return 0;
                });
        Pipeline pipeline = builder.build();
        graphs.put(name, new Graph("", pipeline.definition()));
        return pipeline;
    }

    /** The next minute, from a moment before it to a moment before its end. */
    private Minute minute() throws InterruptedException {
        Instant tick = clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
        sleepUntil(tick.minus(BEFORE));
        long before = machine.getProcessCpuTime();
        long commitsBefore = commits.get();
        sleepUntil(tick.plus(MINUTE).minus(BEFORE));
        double busy = PERCENT * (machine.getProcessCpuTime() - before) / MINUTE.toNanos();
        double[] sorted = sorted(tick);
        return new Minute(
                Spread.percentile(sorted, HALF),
                Spread.percentile(sorted, NEARLY_ALL),
                sorted[PIPELINES - 1],
                busy,
                commits.get() - commitsBefore);
    }

    private void sleepUntil(Instant instant) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), instant);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left.toNanos()));
    }

    /** All must have begun within the minute. */
    private double[] sorted(Instant tick) {
        double[] millis =
                Objects.requireNonNullElse(lags.remove(tick), new ConcurrentLinkedQueue<Double>())
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
        if (millis.length != PIPELINES) {
            throw new IllegalStateException(
                    millis.length + " of " + PIPELINES + " runs began within a minute");
        }
        return millis;
    }
}
