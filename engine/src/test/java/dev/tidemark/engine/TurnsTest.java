package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorClass;
import dev.tidemark.ErrorCode;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Retry;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.Change;
import dev.tidemark.core.Event;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskResult;
import dev.tidemark.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who takes turns. With a lease of days nothing but what arrives, a nudge or a timer wakes the
 * engine's thread: where one is missing, a test waits in vain.
 */
@Timeout(60)
class TurnsTest {
    private static final Outcome DONE =
            new Outcome.Succeeded(new TaskResult("1", TaskResult.NO_LIST), List.of());
    private static final Outcome FAILED =
            new Outcome.Failed(ErrorClass.TRANSIENT, "the source is away", Optional.empty());

    private volatile InstantSource clock = InstantSource.system();
    private final Commits store = new Commits();
    private final Started started = new Started();
    private final Member member =
            new Member(
                    store,
                    new Terms(
                            "a",
                            Duration.ofDays(9),
                            4,
                            Terms.Scope.OWN_REQUESTS,
                            Duration.ofDays(9)),
                    () -> clock.instant(),
                    started,
                    Watcher.NOBODY);
    private final Turns turns = new Turns(member);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Attempts that have started, for a test to end them. */
    private static final class Started implements Executor {
        private final BlockingQueue<Attempt> queue = new LinkedBlockingQueue<>();
        private final Set<Long> running = ConcurrentHashMap.newKeySet();

        private record Attempt(AttemptOrder order, Consumer<Event> report, Thread by) {
            private Runnable ends(Outcome outcome) {
                return () ->
                        report.accept(
                                new Event.AttemptReported(
                                        order.key(), order.token().number(), outcome));
            }
        }

        @Override
        public void start(AttemptOrder order, Consumer<Event> report) {
            running.add(order.token().number());
            queue.add(new Attempt(order, report, Thread.currentThread()));
        }

        private Attempt next(String task) throws InterruptedException {
            Attempt next = Objects.requireNonNull(queue.poll(30, TimeUnit.SECONDS), task);
            assertThat(next.order().key().task()).isEqualTo(task);
            return next;
        }

        @Override
        public void stop(long token) {
            running.remove(token);
        }

        @Override
        public Set<Long> running() {
            return Set.copyOf(running);
        }

        @Override
        public void close() {}
    }

    /** A store that says who commits, and does something before. */
    private static final class Commits extends WrappedStore {
        private final List<Thread> by = new CopyOnWriteArrayList<>();
        private volatile Runnable before = () -> {};

        private Commits() {
            super(new MemoryStore("issuer"));
        }

        @Override
        public void commit(long epoch, List<Change> changes, Instant at) {
            by.add(Thread.currentThread());
            Runnable now = before;
            before = () -> {};
            now.run();
            super.commit(epoch, changes, at);
        }
    }

    /** Keeps a commit waiting. */
    private static final class Held implements Runnable {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void run() {
            begun.countDown();
            await(released);
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private Thread thread(Runnable code) {
        Thread thread = Thread.ofPlatform().daemon().start(code);
        threads.add(thread);
        return thread;
    }

    /** The engine's thread. */
    private Thread engine() {
        return thread(
                () -> {
                    try {
                        turns.takeUntil(() -> false, Duration.ofMillis(1));
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException | Error e) {
                        failure.complete(e);
                    }
                });
    }

    @AfterEach
    void endAllThreads() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            Eventually.ends(thread);
        }
    }

    /** Two tasks in a row, and one beside them. */
    private static Pipeline pipeline() {
        PipelineBuilder p = EngineFixture.daily("p");
        var first =
                p.task("first", Integer.class, task -> 1)
                        .retry(Retry.transientErrors(1).fixed("20ms"));
        p.task("second", Integer.class, first, (task, one) -> one);
        p.task("third", Integer.class, task -> 3);
        return p.build();
    }

    private void request() {
        var definition = pipeline().definition();
        CompletableFuture<Boolean> loaded = member.load("v1", definition);
        var ticket = member.request(definition, EngineFixture.request(1, Reprocess.FAILED));
        assertThat(loaded).succeedsWithin(Duration.ofSeconds(30));
        assertThat(ticket).succeedsWithin(Duration.ofSeconds(30));
    }

    /**
     * Its attempts of {@code first} and {@code third} run, and the engine's thread waits. The clock
     * stands still from here on.
     */
    private Thread requested() {
        Thread engine = engine();
        request();
        Eventually.waits(engine);
        clock = InstantSource.fixed(clock.instant());
        return engine;
    }

    @Test
    void theThreadThatTellsAnEndDecidesAboutItWhereNobodyTakesATurn() throws InterruptedException {
        requested();
        turns.tell(started.next("first").ends(DONE));
        started.next("third");

        assertThat(started.next("second").by()).isEqualTo(Thread.currentThread());
        assertThat(store.by.getLast()).isEqualTo(Thread.currentThread());
    }

    @Test
    void whatIsToldDuringATurnOfTheEngineIsDecidedByTheEngine() throws InterruptedException {
        Thread engine = requested();
        Started.Attempt first = started.next("first");
        started.next("third");
        Held turn = new Held();
        store.before = turn;
        var again = member.load("v2", pipeline().definition());
        Held.await(turn.begun);
        turns.tell(first.ends(DONE));

        assertThat(started.queue).isEmpty();
        assertThat(again).isNotDone();
        turn.released.countDown();
        assertThat(started.next("second").by()).isEqualTo(engine);
    }

    @Test
    void whatIsToldDuringATurnOfAnotherAttemptIsDecidedByTheEngine() throws InterruptedException {
        Thread engine = requested();
        Started.Attempt first = started.next("first");
        Started.Attempt third = started.next("third");
        Held turn = new Held();
        store.before = turn;
        Thread other = thread(() -> turns.tell(third.ends(DONE)));
        Held.await(turn.begun);
        turns.tell(first.ends(DONE));

        assertThat(started.queue).isEmpty();
        turn.released.countDown();
        assertThat(started.next("second").by()).isEqualTo(engine);
        assertThat(store.by).contains(other);
    }

    @Test
    void whatATurnOfAnAttemptThrowsEndsTheEngineAndNoTurnIsTakenAfterIt()
            throws InterruptedException {
        Thread engine = requested();
        Started.Attempt first = started.next("first");
        Started.Attempt third = started.next("third");
        Error bug = new AssertionError("a bug");
        store.before =
                () -> {
                    throw bug;
                };
        turns.tell(first.ends(DONE));
        int commits = store.by.size();
        turns.tell(third.ends(DONE));

        assertThat(failure).succeedsWithin(Duration.ofSeconds(30)).isSameAs(bug);
        Eventually.ends(engine);
        assertThat(store.by).hasSize(commits);
        assertThat(store.by.getLast()).isEqualTo(Thread.currentThread());
        assertThat(started.queue).isEmpty();
    }

    @Test
    void aStoreThatIsAwayDuringATurnOfAnAttemptIsAskedAgainByTheEngine()
            throws InterruptedException {
        Thread engine = requested();
        Started.Attempt first = started.next("first");
        started.next("third");
        store.before =
                () -> {
                    throw new TidemarkException(ErrorCode.STORE_FAILED, "the connection broke");
                };
        turns.tell(first.ends(DONE));

        assertThat(started.next("second").by()).isEqualTo(engine);
        assertThat(failure).isNotDone();
    }

    @Test
    void noTurnIsTakenAfterTheEnd() throws InterruptedException {
        requested();
        Started.Attempt first = started.next("first");
        started.next("third");
        turns.end(() -> {});
        int commits = store.by.size();
        Thread engine = threads.getFirst();
        engine.interrupt();
        Eventually.ends(engine);
        turns.tell(first.ends(DONE));

        assertThat(store.by).hasSize(commits);
        assertThat(started.queue).isEmpty();
    }

    @Test
    void theEndWaitsForTheTurnThatIsBeingTaken() throws InterruptedException {
        requested();
        Started.Attempt first = started.next("first");
        started.next("third");
        Held turn = new Held();
        store.before = turn;
        Thread other = thread(() -> turns.tell(first.ends(DONE)));
        Held.await(turn.begun);
        List<Long> startedBefore = new CopyOnWriteArrayList<>();
        Thread last = thread(() -> turns.end(() -> startedBefore.addAll(started.running())));
        Eventually.waits(last);
        turn.released.countDown();

        Eventually.ends(last);
        Eventually.ends(other);
        assertThat(startedBefore).contains(started.next("second").order().token().number());
    }

    @Test
    void aTimerThatAnAttemptsTurnSetsIsDueInTime() throws InterruptedException {
        Thread engine = requested();
        Started.Attempt first = started.next("first");
        started.next("third");
        clock = InstantSource.system();
        turns.tell(first.ends(FAILED));

        Started.Attempt again = started.next("first");
        assertThat(again.order().writer().attempt()).isEqualTo(2);
        assertThat(again.by()).isEqualTo(engine);
    }

    @Test
    void anInterruptedThreadTakesAWholeTurn() throws InterruptedException {
        requested();
        Started.Attempt first = started.next("first");
        started.next("third");
        Thread.currentThread().interrupt();
        turns.tell(first.ends(DONE));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(started.next("second").by()).isEqualTo(Thread.currentThread());
    }
}
