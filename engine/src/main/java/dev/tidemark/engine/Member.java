package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Command;
import dev.tidemark.core.Event;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.State;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the engines that have a store open: it stands by until it can claim the store, then runs
 * the loop for as long as it owns it. Whenever a turn fails, it forgets all that it knew, claims
 * anew, and goes on with what the store says; so it makes no difference whether a commit whose
 * answer was lost was kept.
 *
 * <p>It has no thread: whoever owns it calls {@link #step} again and again, one thread at a time.
 * {@link #hold}, {@link #load}, {@link #ask} and {@link #health} are open to all.
 */
public final class Member {
    private final Store store;
    private final Terms terms;
    private final InstantSource clock;
    private final Executor executor;
    private final Watcher watcher;
    private final OwnBackfills own = new OwnBackfills();
    private final Inbox inbox = new Inbox();

    /** By pipeline and version, the code at hand, the latest last. Guarded by itself. */
    private final Map<String, SequencedMap<String, Event.PipelineLoaded>> pipelines =
            new LinkedHashMap<>();

    private @Nullable Loop loop;
    private long epoch;
    private Instant outageSince = Instant.MAX;
    private volatile Health health;

    /** A member that has not reached the store yet. */
    public Member(
            Store store, Terms terms, InstantSource clock, Executor executor, Watcher watcher) {
        this.store = store;
        this.terms = terms;
        this.clock = clock;
        this.executor = executor;
        this.watcher =
                (changes, at) -> {
                    watcher.committed(changes, at);
                    own.committed(changes);
                };
        this.health = new Health(Health.Role.STARTING, 0, clock.instant(), "");
        store.onPosted(inbox::hint);
    }

    /** Takes note of a version of a pipeline whose code the executor has. */
    public void hold(String version, PipelineDefinition definition) {
        synchronized (pipelines) {
            pipelines
                    .computeIfAbsent(definition.name(), _ -> new LinkedHashMap<>())
                    .putLast(version, new Event.PipelineLoaded(version, definition));
        }
    }

    /** The same, and the answer comes once the version is registered. */
    public CompletableFuture<Boolean> load(String version, PipelineDefinition definition) {
        hold(version, definition);
        Question<Boolean> load = Questions.load(version, definition);
        return inbox.ask(
                terms.scope() == Terms.Scope.EVERYTHING
                        ? Questions.schedule(load, definition.name(), this::alive)
                        : load);
    }

    /** Forgets the code of a pipeline: what is under way goes on, and nothing new is begun. */
    public CompletableFuture<Boolean> drop(String pipeline) {
        synchronized (pipelines) {
            pipelines.remove(pipeline);
        }
        return inbox.ask(Questions.unload(pipeline));
    }

    /** The tokens of attempts that run, or of which nothing but their report is left. */
    private Set<Long> alive() {
        Set<Long> alive = new HashSet<>(executor.running());
        alive.addAll(inbox.reported());
        return alive;
    }

    /** Asks the loop; the answer comes once its consequences are kept. */
    <T> CompletableFuture<T> ask(Question<T> question) {
        return inbox.ask(question);
    }

    /**
     * Asks the loop for what a posted command would ask for; the answer comes once it is kept.
     *
     * @return the number of the backfill that carries it out, 0 where there is nothing to carry out
     */
    public CompletableFuture<Long> ask(Command command) {
        return inbox.ask(Questions.command(command));
    }

    /**
     * Asks for intervals of a pipeline, as work of this very engine. The answer comes once it is
     * kept; how it ends is told as long as this engine lives.
     */
    public CompletableFuture<Engine.Ticket> request(
            PipelineDefinition pipeline, RunRequest request) {
        return request(Questions.request(pipeline, request));
    }

    /** The same, for what a backfill left that has ended. */
    public CompletableFuture<Engine.Ticket> rerun(Command.RerunBackfill command) {
        return request(new Reruns.OfBackfill(command));
    }

    /** The same, for a run; where it is under way, it goes on as part of what it belongs to. */
    public CompletableFuture<Engine.Ticket> rerun(Command.RerunRun command) {
        return request(new Reruns.OfRun(command));
    }

    private CompletableFuture<Engine.Ticket> request(Question<Requested> question) {
        return inbox.ask(question.map(own::ticket));
    }

    public Health health() {
        return health;
    }

    /** What the loop has in mind; empty while this is not the owner. For its own thread. */
    public Optional<State> state() {
        return Optional.ofNullable(loop).map(Loop::state);
    }

    /**
     * Takes one step: a turn with what is there, or a try to become the owner.
     *
     * @param patience how long to pause at most after a try that failed
     * @throws TidemarkException where it cannot go on; a step after that makes no sense
     */
    public void step(Duration patience) throws InterruptedException {
        try {
            Loop current = loop;
            if (current != null) {
                current.turn();
                fare(Health.Role.ACTIVE);
            } else if (!takeOver()) {
                own.catchUp(store);
                stopAttempts(); // It may have been the owner until the store was away.
                fare(Health.Role.STANDBY);
                giveUpAfter(terms.maxOutage(), heldByAnother());
                pause(patience);
            }
        } catch (TidemarkException e) {
            loop = null;
            if (e.code() == ErrorCode.OWNERSHIP_LOST) {
                stopAttempts();
            }
            Health last = health;
            health = new Health(last.role(), epoch, last.at(), String.valueOf(e.getMessage()));
            giveUpAfter(terms.maxOutage(), e);
            pause(patience);
        }
    }

    /** How long there is nothing to do unless something arrives. */
    Duration idle() {
        return loop == null ? Duration.ZERO : loop.idle();
    }

    Inbox inbox() {
        return inbox;
    }

    /** They are another's to run again, and hold no token by then. */
    private void stopAttempts() {
        executor.running().forEach(executor::stop);
    }

    private void fare(Health.Role role) {
        health = new Health(role, epoch, clock.instant(), "");
        if (role == Health.Role.ACTIVE) {
            outageSince = Instant.MAX;
        }
    }

    private void giveUpAfter(Duration patience, TidemarkException why) {
        Instant now = clock.instant();
        if (outageSince.equals(Instant.MAX)) {
            outageSince = now;
        }
        if (Duration.between(outageSince, now).compareTo(patience) >= 0) {
            throw why;
        }
    }

    private TidemarkException heldByAnother() {
        String owner = store.owner().map(it -> it.name()).orElse("nobody");
        return new TidemarkException(
                ErrorCode.HOME_IN_USE,
                "the store is owned by another engine, "
                        + owner
                        + "; wait until it ends, or ask it to do the work");
    }

    /** A store that is away is not to be asked again and again without a pause. */
    private void pause(Duration patience) throws InterruptedException {
        Duration quarter = terms.lease().dividedBy(4);
        Duration pause = quarter.compareTo(patience) < 0 ? quarter : patience;
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }

    /** Becomes the owner where nobody is, and goes on with what was left. */
    private boolean takeOver() {
        Optional<Long> claimed = store.claim(terms.name(), terms.lease());
        if (claimed.isEmpty()) {
            return false;
        }
        epoch = claimed.get();
        own.catchUp(store);
        boolean all = terms.scope() != Terms.Scope.OWN_REQUESTS;
        boolean schedules = terms.scope() == Terms.Scope.EVERYTHING;
        Loop next =
                new Loop(
                        new Loop.Tenure(store, epoch, terms.lease(), all),
                        new State(terms.slots(), store.lastNumbers()),
                        inbox,
                        clock,
                        executor,
                        watcher);
        List<String> names;
        List<Event.PipelineLoaded> code = new ArrayList<>();
        synchronized (pipelines) {
            names = List.copyOf(pipelines.keySet());
            pipelines.values().forEach(versions -> code.addAll(versions.values()));
        }
        List<Long> unfinished =
                store.openBackfills(names).stream()
                        .filter(number -> all || own.has(number))
                        .toList();
        next.begin(code, unfinished, schedules ? names : List.of(), alive());
        loop = next;
        fare(Health.Role.ACTIVE);
        return true;
    }

    /** Stops for good: gives the store up, and refuses all that waits. */
    public void retire(Throwable why) {
        boolean active = loop != null;
        loop = null;
        health = new Health(Health.Role.STOPPED, epoch, clock.instant(), String.valueOf(why));
        refuseAll(why);
        own.fail(why);
        if (active) {
            try {
                store.release(epoch);
            } catch (TidemarkException _) {
                // The lease ends by itself.
            }
        }
    }

    void refuseAll(Throwable why) {
        inbox.refuseAll(why);
    }
}
