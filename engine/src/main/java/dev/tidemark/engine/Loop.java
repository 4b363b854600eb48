package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Answer;
import dev.tidemark.core.Change;
import dev.tidemark.core.Decider;
import dev.tidemark.core.Decision;
import dev.tidemark.core.Effect;
import dev.tidemark.core.Event;
import dev.tidemark.core.Run;
import dev.tidemark.core.State;
import dev.tidemark.store.Posted;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one loop, for as long as its engine owns the store. A turn drains what arrived, decides,
 * commits all changes at once, and only then acts and answers. What arrives during a commit waits
 * for the next turn, so the slower the store, the larger the batches.
 *
 * <p>All of it belongs to one thread at a time. A turn that throws leaves memory and store perhaps
 * at odds: the loop is done for, and the next one begins with what the store says.
 */
final class Loop {
    /** The most posted commands one turn takes. */
    private static final int MAX_COMMANDS_PER_TURN = 1_000;

    /** Where very many things are due at once, the first start while the last are decided. */
    private static final int MOST_DUE = 1_000;

    /** How long a posted command waits at most where no hint comes. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The lease begins anew in time for two failures. */
    private static final int COMMITS_PER_LEASE = 3;

    private final Tenure tenure;
    private final State state;
    private final Loading loading;
    private final Inbox inbox;
    private final InstantSource clock;
    private final Executor executor;
    private final Watcher watcher;
    private final Timers timers = new Timers();
    private final String issuer;
    private Instant lastCommit;
    private Instant lastPoll;

    /**
     * What this loop is allowed to do.
     *
     * @param works whether it takes posted requests for work; all others it answers anyway, or
     *     nobody would as long as it is the owner
     */
    record Tenure(Store store, long epoch, Duration lease, boolean works) {}

    Loop(
            Tenure tenure,
            State state,
            Inbox inbox,
            InstantSource clock,
            Executor executor,
            Watcher watcher) {
        this.tenure = tenure;
        this.state = state;
        this.loading = new Loading(state, tenure.store());
        this.inbox = inbox;
        this.clock = clock;
        this.executor = executor;
        this.watcher = watcher;
        this.issuer = tenure.store().issuer();
        this.lastCommit = clock.instant();
        this.lastPoll = Instant.MIN;
    }

    /**
     * The first turn: goes on with what earlier owners left.
     *
     * @param code what is at hand, of a pipeline's versions the latest last
     * @param backfills those to go on with
     * @param schedules the pipelines whose schedules it keeps
     * @param alive the tokens of attempts that are known to run still
     */
    void begin(
            List<Event.PipelineLoaded> code,
            Collection<Long> backfills,
            Collection<String> schedules,
            Set<Long> alive) {
        Turn turn = new Turn(clock.instant(), List.of());
        loading.code(code, turn::decide);
        loading.pools(turn.now);
        // All that holds slots, before anything is decided.
        loading.unfinished(backfills);
        loading.schedules(schedules);
        backfills.forEach(number -> turn.decide(new Event.BackfillResumed(number, alive)));
        schedules.forEach(pipeline -> turn.decide(new Event.ScheduleTakenUp(pipeline, alive)));
        turn.keep();
        stopAllBut(state.currentTokens());
    }

    /** Somebody may have stopped an attempt in a turn that was kept, and of which nobody heard. */
    private void stopAllBut(Set<Long> current) {
        for (long token : executor.running()) {
            if (!current.contains(token)) {
                executor.stop(token);
            }
        }
    }

    /** One turn, with whatever is there. */
    void turn() {
        List<Inbox.Arrival> arrivals = inbox.drain();
        Turn turn = new Turn(clock.instant(), arrivals);
        try {
            timers.due(turn.now, MOST_DUE).forEach(turn::decide);
            turn.takeArrivals();
            turn.answerPosted();
            turn.keep();
        } catch (RuntimeException | Error e) {
            inbox.putBack(turn.notKept(), e);
            throw e;
        }
    }

    State state() {
        return state;
    }

    /** How long nothing has to be done unless something arrives: no timer, poll or renewal. */
    Duration idle() {
        Instant now = clock.instant();
        Duration wait = timers.untilNext(now).orElse(POLL);
        wait = shorter(wait, Duration.between(now, lastCommit.plus(renewal())));
        return shorter(wait, POLL);
    }

    private Duration renewal() {
        return tenure.lease().dividedBy(COMMITS_PER_LEASE);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What is gathered in the course of one turn. */
    private final class Turn {
        private final Instant now;
        private final List<Change> changes = new ArrayList<>();
        private final List<Effect> effects = new ArrayList<>();
        private final List<Runnable> answers = new ArrayList<>();
        private final List<Inbox.Arrival> arrivals;
        private int taken;
        private int kept;

        private Turn(Instant now, List<Inbox.Arrival> arrivals) {
            this.now = now;
            this.arrivals = arrivals;
        }

        private void takeArrivals() {
            for (Inbox.Arrival arrival : arrivals) {
                switch (arrival) {
                    case Inbox.Arrival.Told told -> decide(told.event());
                    case Inbox.Arrival.Asked<?> asked -> answer(asked);
                    case Inbox.Arrival.Hint _ -> lastPoll = Instant.MIN;
                }
                taken++;
            }
        }

        private List<Inbox.Arrival> notKept() {
            return arrivals.subList(kept, arrivals.size());
        }

        /** Asks, and decides about what follows. */
        private <T> T take(Question<T> question) {
            loading.begin();
            if (question.looksAtStore() && !changes.isEmpty()) {
                keep();
            }
            Question.Reply<T> reply = question.ask(state, tenure.store(), now);
            reply.events().forEach(this::decide);
            return reply.value();
        }

        private <T> void answer(Inbox.Arrival.Asked<T> asked) {
            try {
                T value = take(asked.question());
                answers.add(() -> asked.future().complete(value));
            } catch (TidemarkException refusal) {
                throwIfNoRefusal(refusal);
                loading.refused();
                answers.add(() -> asked.future().completeExceptionally(refusal));
            }
        }

        private void answerPosted() {
            if (now.isBefore(lastPoll.plus(POLL))) {
                return;
            }
            lastPoll = now;
            for (Posted posted : tenure.store().posted(MAX_COMMANDS_PER_TURN)) {
                if (!tenure.works() && posted.command().isForWork()) {
                    continue; // A server is going to have the code of the pipeline.
                }
                decide(new Event.CommandHandled(posted.key(), answerTo(posted)));
            }
        }

        private Answer answerTo(Posted posted) {
            try {
                return new Answer.Accepted(take(Questions.command(posted.command())));
            } catch (TidemarkException refusal) {
                throwIfNoRefusal(refusal);
                loading.refused();
                return new Answer.Refused(refusal.code(), String.valueOf(refusal.getMessage()));
            }
        }

        /** Where the store cannot be read, a run may be half loaded: that ends this loop. */
        private static void throwIfNoRefusal(TidemarkException refusal) {
            if (refusal.code() == ErrorCode.STORE_FAILED) {
                throw refusal;
            }
        }

        /** Decides about an event, and about all that follows from it. */
        private void decide(Event event) {
            Deque<Event> open = new ArrayDeque<>();
            open.add(event);
            for (@Nullable Event next = open.poll(); next != null; next = open.poll()) {
                loading.runOf(next);
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

        /** Commits all that was gathered so far, and only then acts on it. */
        private void keep() {
            commit();
            act();
            changes.clear();
            effects.clear();
            answers.clear();
            kept = taken;
        }

        private void commit() {
            if (changes.isEmpty() && now.isBefore(lastCommit.plus(renewal()))) {
                return;
            }
            List<Change> all = List.copyOf(changes);
            tenure.store().commit(tenure.epoch(), all, now);
            lastCommit = now;
            watcher.committed(all, now);
        }

        private void act() {
            changes.forEach(Loop.this::tidyUp);
            effects.forEach(Loop.this::act);
            answers.forEach(Runnable::run);
        }
    }

    /** Forgets what nothing will be decided about any more. */
    private void tidyUp(Change change) {
        if (change instanceof Change.AttemptEnded ended) {
            timers.cancel(new Event.AttemptTimedOut(ended.task(), ended.token()));
        }
        if (change instanceof Change.RunMoved moved
                && state.run(moved.run()).filter(run -> run.state().isFinal()).isPresent()) {
            int tryNumber = state.run(moved.run()).orElseThrow().tryNumber();
            timers.cancel(new Event.RunPerhapsOverdue(moved.run(), tryNumber));
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
        executor.start(Orders.of(run, start, issuer), inbox::tell);
    }
}
