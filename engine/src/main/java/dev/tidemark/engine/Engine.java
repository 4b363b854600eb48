package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Command;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.RunRequest;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one store: owns the loop and its thread. What it answers has been kept; when the
 * store can no longer keep anything, it stops, and every call and every waiting future says why.
 */
public final class Engine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long STOPPING_MILLIS = 5_000;

    private final InProcessExecutor executor;
    private final Member member;
    private final Turns turns;
    private final Thread thread;

    private volatile boolean closing;
    private volatile @Nullable Throwable failure;

    private Engine(Store store, Workplace workplace, Terms terms, Watcher watcher) {
        this.executor = new InProcessExecutor(workplace);
        this.member = new Member(store, terms, workplace.clock(), executor, watcher);
        this.turns = new Turns(member);
        executor.lead(turns::tell);
        this.thread = Thread.ofPlatform().name("tidemark-loop").unstarted(this::run);
    }

    /**
     * Starts an engine.
     *
     * @param store kept open for as long as the engine runs; not closed by it
     */
    public static Engine start(Store store, Workplace workplace, Terms terms, Watcher watcher) {
        return start(store, workplace, terms, watcher, List.of());
    }

    /**
     * Starts an engine that has the code of some pipelines from the beginning, so that it goes on
     * with their runs as soon as it owns the store.
     */
    public static Engine start(
            Store store,
            Workplace workplace,
            Terms terms,
            Watcher watcher,
            Collection<PipelineCode> codes) {
        Engine engine = new Engine(store, workplace, terms, watcher);
        for (PipelineCode code : codes) {
            engine.executor.load(code);
            engine.member.hold(code.version(), code.pipeline().definition());
        }
        engine.thread.start();
        return engine;
    }

    /**
     * Waits for the engine to stop for good.
     *
     * @return whether it has
     */
    public boolean awaitEnd(Duration atMost) {
        try {
            return thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether somebody closed it. */
    public boolean isClosed() {
        return closing;
    }

    /** Why the engine has stopped for good; empty as long as it has not. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * A number of slots that suits this machine: attempts wait for data as much as they compute.
     */
    public static int defaultSlots() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }

    /**
     * Makes the code of a pipeline known; its new runs and tries take it from now on. Waits until
     * this engine owns the store.
     */
    public void load(PipelineCode code) {
        executor.load(code);
        await(checked(member.load(code.version(), code.pipeline().definition())));
    }

    /** The same, and nobody waits: this engine may be standing by. */
    public void reload(PipelineCode code) {
        executor.load(code);
        CompletableFuture<Boolean> _ =
                checked(member.load(code.version(), code.pipeline().definition()));
    }

    /**
     * Forgets the code of a pipeline: what is under way goes on, and nothing new is begun. Nobody
     * waits.
     */
    public void drop(String pipeline) {
        CompletableFuture<Boolean> _ = checked(member.drop(pipeline));
    }

    /** How the engine fares. */
    public Health health() {
        return member.health();
    }

    /**
     * What a request led to.
     *
     * @param backfill its number
     * @param ended completes when all of it has ended
     */
    public record Ticket(
            long backfill, BackfillPlan plan, CompletableFuture<BackfillState> ended) {}

    /**
     * Asks for intervals of a pipeline. When this returns, the request survives any crash: the same
     * request takes it up.
     *
     * @throws TidemarkException where it is refused
     */
    public Ticket request(PipelineDefinition pipeline, RunRequest request) {
        return await(checked(member.request(pipeline, request)));
    }

    /** Queues a run again with these tasks waiting. The next request for its interval runs them. */
    public void clear(Command.Clear command) {
        answer(Questions.clear(command));
    }

    /** Keeps that tasks of a version were verified. */
    public void verify(Command.Verify command) {
        answer(Questions.verify(command));
    }

    /**
     * Has a pipeline start nothing by itself for now; its runs under way go on.
     *
     * @param reason why, for those who look at it later
     */
    public void pause(String pipeline, String reason) {
        answer(Questions.pause(pipeline, reason));
    }

    /** Has a paused pipeline go on. */
    public void resume(String pipeline) {
        answer(Questions.resume(pipeline));
    }

    /** Puts a watermark somewhere. */
    public void set(Command.SetWatermark command) {
        answer(Questions.setWatermark(command));
    }

    /** Gives up a run. */
    public void cancel(long run, String reason) {
        answer(Questions.cancel(run, reason));
    }

    /** Gives a pool a limit. */
    public void set(PoolLimit limit) {
        answer(Questions.setPool(limit));
    }

    /** Takes the limit of a pool away. */
    public void removePool(String pool) {
        answer(Questions.removePool(pool));
    }

    /** Says how tasks of a run end. A run that has nothing left to do ends with them. */
    public void mark(Command.Mark command) {
        answer(Questions.mark(command));
    }

    /** Pauses, resumes or gives up a backfill that no other engine is at work on. */
    public void steer(Command.Steer command) {
        answer(new Steered(command));
    }

    /**
     * Runs what a backfill left, as work of this engine; its pipeline must be loaded.
     *
     * @throws TidemarkException where it is refused, or nothing is left
     */
    public Ticket rerun(Command.RerunBackfill command) {
        return await(checked(member.rerun(command)));
    }

    /** Clears tasks of a run and runs it, as work of this engine; its pipeline must be loaded. */
    public Ticket rerun(Command.RerunRun command) {
        return await(checked(member.rerun(command)));
    }

    private <T> T answer(Question<T> question) {
        return await(checked(member.ask(question)));
    }

    /** Waits for an answer. Whatever kept it from coming is thrown as it is. */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TidemarkException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    /** What was asked of an engine that stopped meanwhile would wait for ever. */
    private <T> CompletableFuture<T> checked(CompletableFuture<T> answer) {
        Throwable failed = failure;
        if (failed != null) {
            member.refuseAll(failed);
        }
        return answer;
    }

    private void run() {
        try {
            turns.takeUntil(() -> closing, PATIENCE);
            fail(new TidemarkException(ErrorCode.INVALID_REQUEST, "the engine was closed"));
        } catch (InterruptedException e) {
            fail(new TidemarkException(ErrorCode.INVALID_REQUEST, "the engine was closed"));
        } catch (RuntimeException | Error e) {
            // Memory and store may disagree now: only a fresh start can go on safely.
            fail(e);
        }
    }

    private void fail(Throwable reason) {
        failure = reason;
        turns.end(() -> member.retire(reason));
    }

    /**
     * Stops the loop, then what still runs. Nothing is decided about attempts that end because of
     * this: they are taken up as lost by the next engine.
     */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(STOPPING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.close();
    }
}
