package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Backfill;
import dev.tidemark.core.Change;
import dev.tidemark.core.Decider;
import dev.tidemark.core.Decision;
import dev.tidemark.core.Effect;
import dev.tidemark.core.Event;
import dev.tidemark.core.Run;
import dev.tidemark.core.State;
import dev.tidemark.store.Recorded;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one loop. A turn drains what arrived, decides, commits all changes at once, and only then
 * acts and answers. What arrives during a commit waits for the next turn, so the slower the store,
 * the larger the batches.
 *
 * <p>{@link #tell} and {@link #ask} may be called by any thread, the rest by the owner's.
 */
final class Loop {
    /** The most arrivals one turn takes, so that a commit stays bounded. */
    private static final int MAX_ARRIVALS_PER_TURN = 10_000;

    private final Store store;
    private final long epoch;
    private final State state;
    private final InstantSource clock;
    private final Executor executor;
    private final Watcher watcher;
    private final Timers timers = new Timers();
    private final BlockingQueue<Arrival<?>> inbox = new LinkedBlockingQueue<>();

    Loop(
            Store store,
            long epoch,
            State state,
            InstantSource clock,
            Executor executor,
            Watcher watcher) {
        this.store = store;
        this.epoch = epoch;
        this.state = state;
        this.clock = clock;
        this.executor = executor;
        this.watcher = watcher;
    }

    /** Something to decide about that needs to look at the state and the store first. */
    interface Question<T> {
        /**
         * Says what to decide about, and what to answer once that is kept.
         *
         * @throws TidemarkException where it is refused; nothing changes then
         */
        Answer<T> ask(State state, Store store, Instant now);
    }

    /** The events to decide about, and the answer to give once their changes are kept. */
    record Answer<T>(List<Event> events, T value) {}

    private record Arrival<T>(Question<T> question, CompletableFuture<T> future) {}

    /** Something happened. */
    void tell(Event event) {
        inbox.add(
                new Arrival<>(
                        (state, store, now) -> new Answer<>(List.of(event), event),
                        new CompletableFuture<>()));
    }

    /** Somebody asks; the answer comes after the commit, or is a refusal. */
    <T> CompletableFuture<T> ask(Question<T> question) {
        CompletableFuture<T> future = new CompletableFuture<>();
        inbox.add(new Arrival<>(question, future));
        return future;
    }

    /**
     * One turn.
     *
     * @param patience how long to wait for something to arrive
     */
    void turn(Duration patience) throws InterruptedException {
        List<Arrival<?>> arrivals = drain(patience);
        try {
            Turn turn = new Turn(clock.instant());
            timers.due(turn.now).forEach(turn::decide);
            arrivals.forEach(turn::answer);
            turn.commit();
            turn.act();
        } catch (RuntimeException | Error e) {
            arrivals.forEach(arrival -> arrival.future().completeExceptionally(e));
            throw e;
        }
    }

    private List<Arrival<?>> drain(Duration patience) throws InterruptedException {
        Duration next = timers.untilNext(clock.instant()).orElse(patience);
        long waitNanos = Math.max(0, (next.compareTo(patience) < 0 ? next : patience).toNanos());
        List<Arrival<?>> arrivals = new ArrayList<>();
        Arrival<?> first = inbox.poll(waitNanos, TimeUnit.NANOSECONDS);
        if (first != null) {
            arrivals.add(first);
            inbox.drainTo(arrivals, MAX_ARRIVALS_PER_TURN - 1);
        }
        return arrivals;
    }

    /** Refuses all that waits, because the loop has ended. */
    void refuseAll(Throwable reason) {
        for (Arrival<?> waiting = inbox.poll(); waiting != null; waiting = inbox.poll()) {
            waiting.future().completeExceptionally(reason);
        }
    }

    /** What is gathered in the course of one turn. */
    private final class Turn {
        private final Instant now;
        private final List<Change> changes = new ArrayList<>();
        private final List<Effect> effects = new ArrayList<>();
        private final List<Runnable> answers = new ArrayList<>();

        private Turn(Instant now) {
            this.now = now;
        }

        private <T> void answer(Arrival<T> arrival) {
            try {
                Answer<T> answer = arrival.question().ask(state, store, now);
                answer.events().forEach(this::decide);
                answers.add(() -> arrival.future().complete(answer.value()));
            } catch (TidemarkException refusal) {
                if (refusal.code() == ErrorCode.STORE_FAILED) {
                    // A run may be half loaded: no refusal, but the end of this loop.
                    throw refusal;
                }
                answers.add(() -> arrival.future().completeExceptionally(refusal));
            }
        }

        /** Decides about an event, and about all that follows from it. */
        private void decide(Event event) {
            Deque<Event> open = new ArrayDeque<>();
            open.add(event);
            for (@Nullable Event next = open.poll(); next != null; next = open.poll()) {
                bringIn(next);
                Decision decision = Decider.decide(state, next, now);
                decision.changes().forEach(this::fold);
                effects.addAll(decision.effects());
                open.addAll(decision.next());
            }
        }

        private void fold(Change change) {
            state.fold(change, now);
            changes.add(change);
        }

        private void commit() {
            if (!changes.isEmpty()) {
                store.commit(epoch, changes, now);
                watcher.committed(changes, now);
            }
        }

        private void act() {
            changes.forEach(Loop.this::tidyUp);
            effects.forEach(Loop.this::act);
            answers.forEach(Runnable::run);
        }
    }

    /** Loads the run that a decision is going to look at, where it is not at hand. */
    private void bringIn(Event event) {
        if (event instanceof Event.BackfillPerhapsNext next) {
            state.backfill(next.backfill())
                    .flatMap(Backfill::next)
                    .ifPresent(item -> bringIn(item.run()));
        } else if (event instanceof Event.CancelRequested cancel) {
            bringIn(cancel.run());
        } else if (event instanceof Event.ClearRequested clear) {
            bringIn(clear.run());
        }
    }

    private void bringIn(long run) {
        if (run == 0 || state.run(run).isPresent()) {
            return;
        }
        for (Recorded recorded : store.history(run)) {
            Change change = recorded.change();
            if (change instanceof Change.RunCreated it) {
                recall(it.identity().pipeline(), it.version());
            } else if (change instanceof Change.RunReopened it) {
                recall(state.run(run).orElseThrow().identity().pipeline(), it.version());
            }
            state.fold(change, recorded.at());
        }
    }

    private void recall(String pipeline, String version) {
        if (!state.isKnown(pipeline, version)) {
            PipelineDefinition definition =
                    store.definition(pipeline, version)
                            .orElseThrow(
                                    () ->
                                            new TidemarkException(
                                                    ErrorCode.STORE_FAILED,
                                                    "the store has lost version "
                                                            + version
                                                            + " of pipeline "
                                                            + pipeline));
            state.recall(version, definition);
        }
    }

    /** Forgets what nothing will be decided about any more. */
    private void tidyUp(Change change) {
        if (change instanceof Change.AttemptEnded ended) {
            timers.cancel(new Event.AttemptTimedOut(ended.task(), ended.token()));
        }
        if (change instanceof Change.RunMoved moved
                && state.run(moved.run()).filter(run -> run.state().isFinal()).isPresent()) {
            state.forget(moved.run());
        }
    }

    private void act(Effect effect) {
        switch (effect) {
            case Effect.StartAttempt start ->
                    state.run(start.task().run())
                            .filter(run -> run.has(start.task()))
                            .filter(run -> run.instance(start.task()).holds(start.token()))
                            .ifPresent(run -> start(run, start));
            case Effect.StopAttempt stop -> executor.stop(stop.token());
            case Effect.SetTimer timer -> timers.set(timer.at(), timer.event());
        }
    }

    private void start(Run run, Effect.StartAttempt start) {
        executor.start(Orders.of(run, start, store.issuer()), this::tell);
    }
}
