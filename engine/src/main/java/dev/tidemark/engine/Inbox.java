package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What waits for the next turn. Any thread may add; one thread takes. It outlives the loop: what
 * was told while the store was away, or another engine its owner, is not lost.
 */
final class Inbox {
    /** The most arrivals one turn takes, so that a commit stays bounded. */
    private static final int MAX_ARRIVALS_PER_TURN = 10_000;

    /** The most questions that wait. What is told is bounded by the attempts that run. */
    private static final int MAX_QUESTIONS = 10_000;

    private final BlockingDeque<Arrival> arrivals = new LinkedBlockingDeque<>();
    private final AtomicInteger questions = new AtomicInteger();

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
        arrivals.add(new Arrival.Told(event));
    }

    /** Has the next turn begin now. */
    void hint() {
        arrivals.add(new Arrival.Hint());
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
        arrivals.add(new Arrival.Asked<>(question, future));
        return future;
    }

    /**
     * Takes what is there.
     *
     * @param patience how long to wait for something to arrive
     */
    List<Arrival> drain(Duration patience) throws InterruptedException {
        List<Arrival> taken = new ArrayList<>();
        Arrival first =
                patience.isPositive()
                        ? arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS)
                        : arrivals.poll();
        if (first != null) {
            taken.add(first);
            arrivals.drainTo(taken, MAX_ARRIVALS_PER_TURN - 1);
        }
        for (Arrival arrival : taken) {
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
