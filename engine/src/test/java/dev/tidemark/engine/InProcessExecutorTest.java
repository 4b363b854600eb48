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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which threads attempts get, and what becomes of these between two attempts. */
@Timeout(60)
class InProcessExecutorTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final Interval DAY =
            new Interval(
                    Instant.parse("2001-02-01T00:00:00Z"), Instant.parse("2001-02-02T00:00:00Z"));

    @TempDir Path folder;
    private final Map<Long, Callable<Object>> codes = new ConcurrentHashMap<>();
    private final BlockingQueue<Event.AttemptReported> reports = new LinkedBlockingQueue<>();
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicInteger led = new AtomicInteger();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** How many more threads there may be. */
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    /** What a thread does before anything else. */
    private volatile Runnable first = () -> {};

    private InProcessExecutor executor;

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

    private Thread thread(Runnable code) {
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

    private Pipeline pipeline() {
        PipelineBuilder p = EngineFixture.daily("p");
        p.task("task", String.class, this::call);
        p.task("waiting", String.class, this::call).mostlyWaits();
        return p.build();
    }

    private String call(TaskContext task) throws Exception {
        long token = ((Boundary) task).token().number();
        return String.valueOf(Objects.requireNonNull(codes.get(token)).call());
    }

    /** What threads that may lead do once an end was told. */
    private void afterAnEnd(Runnable turn) {
        executor.lead(
                tell -> {
                    tell.run();
                    led.incrementAndGet();
                    turn.run();
                });
    }

    private long start(Callable<Object> code) {
        return start("task", code);
    }

    private long start(String task, Callable<Object> code) {
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

    private Event.AttemptReported report() throws InterruptedException {
        return Objects.requireNonNull(reports.poll(30, TimeUnit.SECONDS), "nothing was told");
    }

    private String result() throws InterruptedException {
        Event.AttemptReported report = report();
        assertThat(report.outcome()).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) report.outcome()).result().json();
    }

    private void nothingRuns() {
        Eventually.holds("nothing runs", () -> executor.running().isEmpty());
    }

    private static Callable<Object> forEver() {
        return () -> {
            new CountDownLatch(1).await();
            return "never";
        };
    }

    /** Has the threads that are called meanwhile come when it is open. */
    private CountDownLatch gate() {
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

    @Test
    void attemptsThatWaitForEachOtherAllRun() throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(64);
        CountDownLatch gate = gate();
        for (int i = 0; i < 64; i++) {
            start(all::await);
        }
        gate.countDown();

        for (int i = 0; i < 64; i++) {
            result();
        }
        nothingRuns();
    }

    @Test
    void attemptsThatWaitForEachOtherAllRunWhereAnotherAttemptStartsThem()
            throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(64);
        AtomicInteger left = new AtomicInteger(64);
        afterAnEnd(
                () -> {
                    while (left.getAndDecrement() > 0) {
                        start(all::await);
                    }
                });
        start(() -> "first");

        for (int i = 0; i < 65; i++) {
            result();
        }
        nothingRuns();
    }

    @Test
    void attemptsThatBlockDoNotHoldUpOthers() throws InterruptedException {
        CountDownLatch gate = gate();
        Set<Long> blocked = new HashSet<>();
        for (int i = 0; i < 2 * PROCESSORS; i++) {
            blocked.add(start(forEver()));
        }
        start(() -> "short");
        gate.countDown();

        assertThat(result()).isEqualTo("\"short\"");
        assertThat(led).hasValue(0);
        Eventually.holds("only they run", () -> executor.running().equals(blocked));
    }

    @Test
    void whatAnAttemptsTurnStartsGoesOnOnItsThread() throws InterruptedException {
        Deque<String> next = new ArrayDeque<>(List.of("b", "c", "d"));
        afterAnEnd(
                () -> {
                    String name = next.poll();
                    if (name != null) {
                        start(() -> name);
                    }
                });
        start(() -> "a");

        assertThat(List.of(result(), result(), result(), result()))
                .containsExactly("\"a\"", "\"b\"", "\"c\"", "\"d\"");
        assertThat(threads).hasSize(1);
    }

    @Test
    void allButOneThatAnAttemptsTurnStartsRunBeforeThatTurnIsOver() throws InterruptedException {
        CountDownLatch one = new CountDownLatch(1);
        BlockingQueue<Boolean> inTime = new LinkedBlockingQueue<>();
        afterAnEnd(
                () -> {
                    if (inTime.isEmpty() && one.getCount() > 0) {
                        start(() -> countedDown(one));
                        start(() -> countedDown(one));
                        inTime.add(isDown(one));
                    }
                });
        start(() -> "first");

        assertThat(inTime.poll(40, TimeUnit.SECONDS)).isTrue();
        nothingRuns();
    }

    private static String countedDown(CountDownLatch latch) {
        latch.countDown();
        return "";
    }

    private static boolean isDown(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void endsAreOnlyToldWhileMoreComputeThanThereAreProcessors() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(PROCESSORS + 1);
        CountDownLatch some = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        for (int i = 0; i <= PROCESSORS; i++) {
            CountDownLatch until = i == 0 ? some : others;
            start(
                    () -> {
                        all.countDown();
                        until.await();
                        return "";
                    });
        }
        all.await();
        some.countDown();
        report();
        assertThat(led).hasValue(0);

        others.countDown();
        nothingRuns();
        assertThat(led.get()).isPositive();
    }

    @Test
    void whatMostlyWaitsTellsOnly() throws InterruptedException {
        start("waiting", () -> Thread.currentThread().isVirtual());

        assertThat(result()).isEqualTo("\"true\"");
        nothingRuns();
        assertThat(led).hasValue(0);
        assertThat(threads).isEmpty();
    }

    @Test
    void anEndIsKnownOfUntilItsTurnIsOver() throws InterruptedException {
        BlockingQueue<Set<Long>> running = new LinkedBlockingQueue<>();
        afterAnEnd(() -> running.add(executor.running()));
        long token = start(() -> "");

        assertThat(running.poll(30, TimeUnit.SECONDS)).containsExactly(token);
        nothingRuns();
    }

    @Test
    void anAttemptThatIsStoppedWhileItsEndIsToldDoesNotInterruptItsThread()
            throws InterruptedException {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        afterAnEnd(
                () -> {
                    executor.running().forEach(executor::stop);
                    interrupted.add(Thread.currentThread().isInterrupted());
                });
        start(() -> "");

        assertThat(interrupted.poll(30, TimeUnit.SECONDS)).isFalse();
        assertThat(executor.running()).isEmpty();
    }

    @Test
    void anAttemptThatIsStoppedBeforeItHasAThreadNeverRuns() throws InterruptedException {
        CountDownLatch gate = gate();
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 3 * PROCESSORS; i++) {
            executor.stop(start(ran::incrementAndGet));
        }
        start(() -> "last");
        gate.countDown();

        assertThat(result()).isEqualTo("\"last\"");
        nothingRuns();
        assertThat(ran).hasValue(0);
        assertThat(led).hasValue(1);
    }

    @Test
    void codeThatLeavesItsThreadInterruptedDoesNotDisturbATurn() throws InterruptedException {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        afterAnEnd(() -> interrupted.add(Thread.currentThread().isInterrupted()));
        start(
                () -> {
                    Thread.currentThread().interrupt();
                    return "";
                });

        assertThat(interrupted.poll(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void whatInterruptsATurnDoesNotDisturbTheNextAttempt() throws InterruptedException {
        AtomicInteger left = new AtomicInteger(1);
        afterAnEnd(
                () -> {
                    if (left.getAndDecrement() > 0) {
                        start(() -> Thread.currentThread().isInterrupted());
                        Thread.currentThread().interrupt();
                    }
                });
        start(() -> "first");

        assertThat(result()).isEqualTo("\"first\"");
        assertThat(result()).isEqualTo("\"false\"");
    }

    @Test
    void aTurnDoesNotSeeTheClassLoaderThatCodeLeftBehind() throws InterruptedException {
        AtomicReference<ClassLoader> inTurn = new AtomicReference<>();
        CountDownLatch turn = new CountDownLatch(1);
        afterAnEnd(
                () -> {
                    inTurn.set(Thread.currentThread().getContextClassLoader());
                    turn.countDown();
                });
        start(
                () -> {
                    Thread.currentThread().setContextClassLoader(new ClassLoader("code", null) {});
                    return "";
                });

        assertThat(turn.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(inTurn).hasValue(Thread.currentThread().getContextClassLoader());
    }

    @Test
    void nothingStartsOnceItIsClosed() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch turn = new CountDownLatch(1);
        afterAnEnd(
                () -> {
                    start(ran::incrementAndGet);
                    executor.close();
                    turn.countDown();
                });
        start(() -> "first");

        assertThat(turn.await(30, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : threads) {
            Eventually.ends(thread);
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    void whereThereAreNoMoreThreadsThoseThatThereAreDoAll() throws InterruptedException {
        CountDownLatch gate = gate();
        left.set(PROCESSORS);
        int all = 4 * PROCESSORS;
        for (int i = 0; i < all; i++) {
            start(() -> "");
        }
        gate.countDown();
        for (int i = 0; i < all; i++) {
            report();
        }
        nothingRuns();

        left.set(Integer.MAX_VALUE);
        CyclicBarrier barrier = new CyclicBarrier(all);
        for (int i = 0; i < all; i++) {
            start(barrier::await);
        }
        for (int i = 0; i < all; i++) {
            result();
        }
    }

    @Test
    void anErrorThatCannotSayWhatItIsFailsItsAttempt() throws InterruptedException {
        start(
                () -> {
                    throw new IllegalStateException() {
                        @Override
                        public String getMessage() {
                            throw new UnsupportedOperationException("no words");
                        }
                    };
                });

        assertThat(report().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.message())
                                        .contains(UnsupportedOperationException.class.getName()));
        nothingRuns();
    }

    @Test
    void manyThatEndOrBlockOrAreStoppedLeaveNothingBehind() throws InterruptedException {
        Random random = new Random(7);
        AtomicInteger more = new AtomicInteger(2_000);
        AtomicInteger ran = new AtomicInteger();
        afterAnEnd(
                () -> {
                    for (int i = 0; i < 2 && more.getAndDecrement() > 0; i++) {
                        start(ran::incrementAndGet);
                    }
                });
        List<Long> blocked = new ArrayList<>();
        int started = 0;
        for (int i = 0; i < 3_000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> blocked.add(start(forEver()));
                case 1 -> {
                    if (!blocked.isEmpty()) {
                        executor.stop(blocked.remove(random.nextInt(blocked.size())));
                    }
                }
                default -> {
                    start(ran::incrementAndGet);
                    started++;
                }
            }
            if (blocked.size() > 20) {
                executor.stop(blocked.removeFirst());
            }
        }
        blocked.forEach(executor::stop);
        nothingRuns();
        assertThat(ran.get()).isGreaterThanOrEqualTo(started);

        more.set(0);
        Eventually.holds(
                "all threads are idle",
                () -> threads.stream().allMatch(InProcessExecutorTest::isIdle));
        int before = led.get();
        reports.clear();
        start(() -> "last");
        assertThat(result()).isEqualTo("\"last\"");
        nothingRuns();
        assertThat(led).hasValue(before + 1);
    }

    private static boolean isIdle(Thread thread) {
        return switch (thread.getState()) {
            case TIMED_WAITING, TERMINATED -> true;
            case NEW, RUNNABLE, BLOCKED, WAITING -> false;
        };
    }
}
