package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.TaskException;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.BackfillState;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.Store;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How attempts, runs and engines end before their time, and what is taken up afterwards. */
class EngineEndingsTest extends EngineFixture {
    @Test
    void whatFailedIsRunAgainByTheSameRequestAndWhatSucceededIsNot() throws Exception {
        AtomicInteger extracts = new AtomicInteger();
        AtomicInteger loads = new AtomicInteger();
        PipelineBuilder p = daily("mended");
        var extract = p.task("extract", Integer.class, task -> extracts.incrementAndGet());
        p.task(
                "load",
                Integer.class,
                extract,
                (task, n) -> {
                    if (loads.incrementAndGet() == 1) {
                        throw TaskException.permanent("no such column");
                    }
                    return n;
                });
        Pipeline pipeline = p.build();

        assertThat(run(pipeline, 1)).isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
        assertThat(task("load").message()).contains("no such column");
        assertThat(run(pipeline, 1)).isEqualTo(BackfillState.COMPLETED);
        assertThat(extracts).hasValue(1);
        assertThat(loads).hasValue(2);
        assertThat(onlyRun().status().tryNumber()).isEqualTo(2);
    }

    @Test
    void aRunWhoseEngineDiedGoesOnWhereItWasAndIsNotChargedForIt() throws Exception {
        AtomicInteger extracts = new AtomicInteger();
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        PipelineBuilder p = daily("crash");
        var extract = p.task("extract", Integer.class, task -> extracts.incrementAndGet());
        p.task(
                "load",
                Integer.class,
                extract,
                (task, n) -> {
                    if (loads.incrementAndGet() == 1) {
                        loading.countDown();
                        new CountDownLatch(1).await();
                    }
                    return n;
                });
        Pipeline pipeline = p.build();

        try (Engine engine = engine()) {
            engine.load(code(pipeline));
            engine.request(pipeline.definition(), request(1, Reprocess.FAILED));
            assertThat(loading.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(run(pipeline, 1)).isEqualTo(BackfillState.COMPLETED);
        assertThat(extracts).hasValue(1);
        assertThat(loads).hasValue(2);
        assertThat(task("load").tally().attempts()).isEqualTo(1);
        assertThat(task("load").tally().losses()).isEqualTo(1);
        assertThat(onlyRun().status().tryNumber()).isEqualTo(1);
    }

    @Test
    void anAttemptThatTakesTooLongIsInterruptedAndFails() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        PipelineBuilder p = daily("slow");
        p.task("endless", String.class, task -> waitForEver(interrupted)).timeout("50ms");

        assertThat(run(p.build(), 1)).isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
        assertThat(task("endless").message()).contains("timed out after PT0.05S");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRunThatIsCancelledStopsWhatItRunsAndStartsNothingMore() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        PipelineBuilder p = daily("cancelled");
        var endless =
                p.task(
                        "endless",
                        String.class,
                        task -> {
                            started.countDown();
                            return waitForEver(interrupted);
                        });
        p.task("next", String.class, endless, (task, in) -> in);
        Pipeline pipeline = p.build();

        try (Engine engine = engine()) {
            engine.load(code(pipeline));
            Engine.Ticket ticket =
                    engine.request(pipeline.definition(), request(1, Reprocess.FAILED));
            assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
            engine.cancel(onlyRun().number(), "no longer wanted");

            assertThat(ticket.ended().get(30, TimeUnit.SECONDS))
                    .isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(onlyRun().state()).hasToString("CANCELLED");
        assertThat(task("endless").state()).hasToString("CANCELLED");
        assertThat(task("next").state()).hasToString("CANCELLED");
    }

    private static String waitForEver(CountDownLatch interrupted) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
        return "never";
    }

    @Test
    void anEngineWhoseStoreFailsStopsAndSaysWhy() {
        PipelineBuilder p = daily("full");
        p.task("only", Integer.class, task -> 1);
        Pipeline pipeline = p.build();
        Store full = new FullStore(new MemoryStore("issuer"), 1);

        try (Engine engine = Engine.start(full, workplace(), Terms.ofCommand(2), Watcher.NOBODY)) {
            engine.load(code(pipeline));
            assertThatThrownBy(
                            () ->
                                    engine.request(
                                                    pipeline.definition(),
                                                    request(1, Reprocess.FAILED))
                                            .ended()
                                            .get(60, TimeUnit.SECONDS))
                    .satisfies(
                            error -> {
                                // Refused at once, or later through the future: one wraps it.
                                Throwable cause = error.getCause();
                                assertThat(cause == null ? error : cause)
                                        .isInstanceOfSatisfying(
                                                TidemarkException.class,
                                                known ->
                                                        assertThat(known.code())
                                                                .isEqualTo(ErrorCode.DISK_FULL));
                            });
        }
    }

    @Test
    void anEngineThatCannotReadItsStoreStopsInsteadOfGoingOnWithHalfARun() throws Exception {
        PipelineBuilder p = daily("unreadable");
        p.task("only", Integer.class, task -> 1);
        Pipeline pipeline = p.build();
        run(pipeline, 1);
        Store unreadable = FullStore.unreadable(store);

        try (Engine engine =
                Engine.start(unreadable, workplace(), Terms.ofCommand(2), Watcher.NOBODY)) {
            engine.load(code(pipeline));
            assertThatThrownBy(() -> engine.cancel(onlyRun().number(), "no longer wanted"))
                    .hasMessageContaining("the history cannot be read");
            assertThatThrownBy(() -> engine.load(code(pipeline)))
                    .hasMessageContaining("the history cannot be read");
        }
    }
}
