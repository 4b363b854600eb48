package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the next turn. Any thread may add; one thread takes. It outlives the loop: what
 * was told while the store was away, or another engine its owner, is not lost.
 */
final class Inbox {
    /** The most arrivals one turn takes, so that a commit stays bounded. */
    private static final int MAX_ARRIVALS_PER_TURN = 10_000;

    /** The most questions that wait. What is told is bounded by the attempts that run. */
    private static final int MAX_QUESTIONS = 10_000;

    private final Deque<Arrival> arrivals = new ConcurrentLinkedDeque<>();
    private final AtomicInteger questions = new AtomicInteger();

    /** Who waits for something to arrive; null while nobody does. */
    private volatile @Nullable Thread waiting;

    /** Whether a turn is being taken after which somebody looks at what arrived meanwhile. */
    private volatile boolean attended;

    /** Whether whoever waits is to look around although nothing arrived. */
    private volatile boolean nudged;

    /** Something for the loop. */
    sealed interface Arrival {
        /** Something happened. */
        record Told(Event event) implements Arrival {}

        /** Somebody asks, and waits. */
        record Asked<T>(Question<T> question, CompletableFuture<T> future) implements Arrival {}

        /** There may be something to look at in the store. */
        record Hint() implements Arrival {}
    }

    void tell(Event event) {
        add(new Arrival.Told(event));
    }

    /** Has the next turn begin now. */
    void hint() {
        add(new Arrival.Hint());
    }

    private void add(Arrival arrival) {
        arrivals.add(arrival);
        if (!attended) {
            wake();
        }
    }

    private void wake() {
        LockSupport.unpark(waiting);
    }

    /** Has whoever waits look around. */
    void nudge() {
        nudged = true;
        wake();
    }

    /** Until {@link #leave}, nobody is woken: the caller looks at what arrives. */
    void attend() {
        attended = true;
    }

    /** Whoever waits takes what arrived since the caller looked. */
    void leave() {
        attended = false;
        if (!arrivals.isEmpty()) {
            wake();
        }
    }

    /** Waits until something has arrived, or the time is over. For one thread. */
    void await(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        waiting = Thread.currentThread();
        try {
            while (arrivals.isEmpty() && !nudged) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            waiting = null;
            nudged = false;
        }
    }

    /**
     * Somebody asks; the answer comes after the commit, or is a refusal.
     *
     * @throws TidemarkException where too many wait already
     */
    <T> CompletableFuture<T> ask(Question<T> question) {
        if (questions.incrementAndGet() > MAX_QUESTIONS) {
            questions.decrementAndGet();
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED,
                    MAX_QUESTIONS
                            + " requests wait for the store, which is slow or away; try again"
                            + " later");
        }
        CompletableFuture<T> future = new CompletableFuture<>();
        add(new Arrival.Asked<>(question, future));
        return future;
    }

    /** Takes what is there. */
    List<Arrival> drain() {
        List<Arrival> taken = new ArrayList<>();
        while (taken.size() < MAX_ARRIVALS_PER_TURN) {
            Arrival arrival = arrivals.poll();
            if (arrival == null) {
                break;
            }
            taken.add(arrival);
            if (arrival instanceof Arrival.Asked<?>) {
                questions.decrementAndGet();
            }
        }
        return taken;
    }

    /**
     * Puts back, first in line, what a turn took that was not kept. Whoever asked is told why
     * instead, and may ask again: the store may have kept it all the same.
     */
    void putBack(List<Arrival> taken, Throwable why) {
        for (Arrival arrival : taken.reversed()) {
            switch (arrival) {
                case Arrival.Told told -> arrivals.addFirst(told);
                case Arrival.Asked<?> asked -> asked.future().completeExceptionally(why);
                case Arrival.Hint _ -> {}
            }
        }
    }

    /** The tokens of attempts whose ends wait to be decided about. */
    Set<Long> reported() {
        Set<Long> tokens = new HashSet<>();
        for (Arrival arrival : arrivals) {
            if (arrival instanceof Arrival.Told(Event.AttemptReported report)) {
                tokens.add(report.token());
            }
        }
        return tokens;
    }

    /** Refuses all that waits, because nobody will take it. */
    void refuseAll(Throwable why) {
        for (Arrival waiting = arrivals.poll(); waiting != null; waiting = arrivals.poll()) {
            if (waiting instanceof Arrival.Asked<?> asked) {
                questions.decrementAndGet();
                asked.future().completeExceptionally(why);
            }
        }
    }
}
