package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Boundary;
import dev.tidemark.FencingToken;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.TaskContext;
import dev.tidemark.core.Event;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An executor whose attempts do what a test says, and on whose threads it can do more. */
abstract class AttemptsFixture {
    static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    static final Interval DAY =
            new Interval(
                    Instant.parse("2001-02-01T00:00:00Z"), Instant.parse("2001-02-02T00:00:00Z"));

    @TempDir Path folder;
    final Map<Long, Callable<Object>> codes = new ConcurrentHashMap<>();
    final BlockingQueue<Event.AttemptReported> reports = new LinkedBlockingQueue<>();
    final AtomicLong tokens = new AtomicLong();
    final AtomicInteger led = new AtomicInteger();
    final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** How many more threads there may be. */
    final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    /** What a thread does before anything else. */
    volatile Runnable first = () -> {};

    InProcessExecutor executor;

    @BeforeEach
    void open() {
        executor =
                new InProcessExecutor(
                        new Workplace(
                                Home.at(folder), InstantSource.system(), Steps.UNHEARD, false),
                        this::thread);
        executor.load(new PipelineCode(pipeline(), "v1", folder));
        afterAnEnd(() -> {});
    }

    @AfterEach
    void close() {
        executor.close();
    }

    Thread thread(Runnable code) {
        if (left.getAndDecrement() <= 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        Runnable before = first;
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .unstarted(
                                () -> {
                                    before.run();
                                    code.run();
                                });
        threads.add(thread);
        return thread;
    }

    Pipeline pipeline() {
        PipelineBuilder p = EngineFixture.daily("p");
        p.task("task", String.class, this::call);
        p.task("waiting", String.class, this::call).mostlyWaits();
        return p.build();
    }

    String call(TaskContext task) throws Exception {
        long token = ((Boundary) task).token().number();
        return String.valueOf(Objects.requireNonNull(codes.get(token)).call());
    }

    /** What threads that may lead do once an end was told. */
    void afterAnEnd(Runnable turn) {
        executor.lead(
                tell -> {
                    tell.run();
                    led.incrementAndGet();
                    turn.run();
                });
    }

    long start(Callable<Object> code) {
        return start("task", code);
    }

    long start(String task, Callable<Object> code) {
        long token = tokens.incrementAndGet();
        codes.put(token, code);
        AttemptOrder order =
                new AttemptOrder(
                        new TaskKey(1, task, TaskKey.NONE),
                        new Boundary.Writer("p", "v1", "run", task, (int) token),
                        new FencingToken("issuer", token),
                        new AttemptOrder.Scope(
                                new Partition("2001-02-01", DAY, ZoneOffset.UTC),
                                Optional.empty(),
                                Map.of()),
                        List.of());
        executor.start(order, event -> reports.add((Event.AttemptReported) event));
        return token;
    }

    Event.AttemptReported report() throws InterruptedException {
        return Objects.requireNonNull(reports.poll(30, TimeUnit.SECONDS), "nothing was told");
    }

    String result() throws InterruptedException {
        Event.AttemptReported report = report();
        assertThat(report.outcome()).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) report.outcome()).result().json();
    }

    void nothingRuns() {
        Eventually.holds("nothing runs", () -> executor.running().isEmpty());
    }

    static Callable<Object> forEver() {
        return () -> {
            new CountDownLatch(1).await();
            return "never";
        };
    }

    /** Has the threads that are called meanwhile come when it is open. */
    CountDownLatch gate() {
        CountDownLatch gate = new CountDownLatch(1);
        first =
                () -> {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        return gate;
    }
}
