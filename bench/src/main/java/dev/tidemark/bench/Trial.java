package dev.tidemark.bench;

import dev.tidemark.Pipeline;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunRequest;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Home;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Terms;
import dev.tidemark.engine.Watcher;
import dev.tidemark.engine.Workplace;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A real engine over a real store, with the executor that runs attempts in its process: what a
 * command or a server is, without their faces.
 */
final class Trial implements AutoCloseable {
    private static final String VERSION = "bench";
    private static final long PATIENCE_MINUTES = 10;

    private final Store store;
    private final Pipeline pipeline;
    private final Engine engine;
    private final Commits commits = new Commits();
    private LocalDate next = Pipelines.FIRST;

    /** Counts commits, and notes when the first came. */
    private static final class Commits implements Watcher {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong first = new AtomicLong();

        @Override
        public void committed(List<Change> changes, Instant at) {
            if (count.getAndIncrement() == 0) {
                first.set(System.nanoTime());
            }
        }
    }

    /** Begins with what the store holds of the pipeline. */
    Trial(Ground ground, InstantSource clock, Pipeline pipeline, int slots) {
        this.pipeline = pipeline;
        this.store = ground.open();
        this.engine =
                Engine.start(
                        store,
                        new Workplace(
                                Home.at(ground.folder().resolve("home")),
                                clock,
                                Steps.UNHEARD,
                                false),
                        new Terms(
                                "bench",
                                Terms.LEASE,
                                slots,
                                Terms.Scope.ALL_REQUESTS,
                                Duration.ZERO),
                        commits,
                        List.of(new PipelineCode(pipeline, VERSION, ground.folder())));
    }

    Store store() {
        return store;
    }

    /** How many commits there were so far. */
    long commits() {
        return commits.count.get();
    }

    /** By {@link System#nanoTime}, when the first commit was kept. */
    long firstCommit() {
        return commits.first.get();
    }

    /** Asks for the next intervals, and returns when that is kept. */
    Engine.Ticket begin(int intervals) {
        LocalDate last = next.plusDays(intervals - 1L);
        RunRequest request =
                new RunRequest(
                        Optional.of(new RunRequest.Range(next, last)),
                        Map.of(),
                        Optional.empty(),
                        Math.min(intervals, RunRequest.MAX_ACTIVE));
        next = last.plusDays(1);
        return engine.request(pipeline.definition(), request);
    }

    /** Runs the next interval; returns how long that took. */
    long run() throws Exception {
        long start = System.nanoTime();
        await(begin(1));
        return System.nanoTime() - start;
    }

    static void await(Engine.Ticket ticket) throws Exception {
        BackfillState end = ticket.ended().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (end != BackfillState.COMPLETED) {
            throw new IllegalStateException("a bench's run ended as " + end);
        }
    }

    @Override
    public void close() {
        engine.close();
        store.close();
    }
}
