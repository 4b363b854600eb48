package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.Event;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.State;
import dev.tidemark.core.TaskKey;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one store: owns the loop and its thread. What it answers has been kept; when the
 * store can no longer keep anything, it stops, and every call and every waiting future says why.
 */
public final class Engine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long STOPPING_MILLIS = 5_000;

    private final InProcessExecutor executor;
    private final Loop loop;
    private final Thread thread;

    /** Completed on the loop's thread; added to by questions, on the same thread. */
    private final Map<Long, CompletableFuture<BackfillState>> ends = new ConcurrentHashMap<>();

    private volatile boolean closing;
    private volatile @Nullable Throwable failure;

    private Engine(Store store, Workplace workplace, int slots, Watcher watcher) {
        this.executor = new InProcessExecutor(workplace);
        this.loop =
                new Loop(
                        store,
                        store.claim("engine", Duration.ofSeconds(30)).orElseThrow(),
                        new State(slots, store.lastNumbers()),
                        workplace.clock(),
                        executor,
                        (changes, at) -> {
                            watcher.committed(changes, at);
                            changes.forEach(this::perhapsEnd);
                        });
        this.thread = Thread.ofPlatform().name("tidemark-loop").unstarted(this::run);
    }

    /**
     * Starts an engine.
     *
     * @param store kept open for as long as the engine runs; not closed by it
     * @param slots how many attempts may run at once
     */
    public static Engine start(Store store, Workplace workplace, int slots, Watcher watcher) {
        Engine engine = new Engine(store, workplace, slots, watcher);
        engine.thread.start();
        return engine;
    }

    /**
     * A number of slots that suits this machine: attempts wait for data as much as they compute.
     */
    public static int defaultSlots() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }

    /** Makes the code of a pipeline known; its new runs and tries take it from now on. */
    public void load(PipelineCode code) {
        executor.load(code);
        PipelineDefinition definition = code.pipeline().definition();
        answer(
                (state, keeper, now) -> {
                    if (keeper.definition(definition.name(), code.version()).isEmpty()) {
                        return new Loop.Answer<>(
                                List.of(new Event.PipelineLoaded(code.version(), definition)), "");
                    }
                    state.recall(code.version(), definition);
                    state.load(definition.name(), code.version());
                    return new Loop.Answer<>(List.of(), "");
                });
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
        return answer(
                (state, keeper, now) -> {
                    Planning.Planned planned = Planning.plan(pipeline, request, keeper, now);
                    long number = state.nextBackfill();
                    CompletableFuture<BackfillState> ended = new CompletableFuture<>();
                    ends.put(number, ended);
                    return new Loop.Answer<>(
                            List.of(
                                    new Event.BackfillRequested(
                                            planned.plan(), planned.replaces())),
                            new Ticket(number, planned.plan(), ended));
                });
    }

    /** Queues a run again with these tasks waiting. The next request for its interval runs them. */
    public void clear(long run, List<TaskKey> tasks) {
        answer(
                (state, keeper, now) ->
                        new Loop.Answer<>(List.of(new Event.ClearRequested(run, tasks)), ""));
    }

    /** Gives up a run. */
    public void cancel(long run, String reason) {
        answer(
                (state, keeper, now) ->
                        new Loop.Answer<>(List.of(new Event.CancelRequested(run, reason)), ""));
    }

    private <T> T answer(Loop.Question<T> question) {
        CompletableFuture<T> answer = loop.ask(question);
        Throwable failed = failure;
        if (failed != null) {
            loop.refuseAll(failed);
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TidemarkException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    private void perhapsEnd(Change change) {
        if (change instanceof Change.BackfillEnded end) {
            CompletableFuture<BackfillState> future = ends.remove(end.backfill());
            if (future != null) {
                future.complete(end.state());
            }
        }
    }

    private void run() {
        try {
            while (!closing) {
                loop.turn(PATIENCE);
            }
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
        loop.refuseAll(reason);
        ends.values().forEach(end -> end.completeExceptionally(reason));
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
