package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.Parameter;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Retry;
import dev.tidemark.Schedule;
import dev.tidemark.SkipException;
import dev.tidemark.TaskException;
import dev.tidemark.TidemarkException;
import dev.tidemark.TriggerRule;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunRequest;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.Store;
import dev.tidemark.store.TaskView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final LocalDate FIRST = LocalDate.parse("2001-02-01");

    @TempDir private Path folder;
    private final Store store = new MemoryStore("issuer");

    record Landed(String path, int rows) {}

    @Test
    void resultsTravelBetweenTasksAsSmallValues() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        PipelineBuilder p = daily("travel");
        var landed = p.task("extract", Landed.class, task -> new Landed("a/b", 42));
        p.task(
                "validate",
                String.class,
                landed,
                (task, in) -> {
                    seen.add(in.path() + " " + in.rows() + " " + task.partition().key());
                    return "ok";
                });

        assertThat(run(p.build(), 1)).isEqualTo(BackfillState.COMPLETED);
        assertThat(seen).containsExactly("a/b 42 2001-02-01");
    }

    @Test
    void aMappedTaskRunsOnceForEachElementAndItsResultsAreGathered() throws Exception {
        List<Integer> gathered = Collections.synchronizedList(new ArrayList<>());
        PipelineBuilder p = daily("fan");
        var numbers = p.list("numbers", Integer.class, task -> List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        var squares = p.map("square", Integer.class, numbers, (task, n) -> n * n);
        p.task(
                "sum",
                Integer.class,
                squares.all(),
                (task, all) -> {
                    gathered.addAll(all);
                    return all.stream().mapToInt(n -> n).sum();
                });

        assertThat(run(p.build(), 1)).isEqualTo(BackfillState.COMPLETED);
        assertThat(gathered).containsExactly(1, 4, 9, 16, 25, 36, 49, 64, 81);
    }

    @Test
    void aTaskThatFailsTwiceAndThenSucceedsRunsAgainAlone() throws Exception {
        AtomicInteger extracts = new AtomicInteger();
        AtomicInteger loads = new AtomicInteger();
        PipelineBuilder p = daily("flaky");
        var extract = p.task("extract", Integer.class, task -> extracts.incrementAndGet());
        p.task(
                        "load",
                        Integer.class,
                        extract,
                        (task, n) -> {
                            if (loads.incrementAndGet() < 3) {
                                throw TaskException.transientError("the source is away");
                            }
                            return n;
                        })
                .retry(Retry.transientErrors(3).fixed("1ms"));

        assertThat(run(p.build(), 1)).isEqualTo(BackfillState.COMPLETED);
        assertThat(extracts).hasValue(1);
        assertThat(task("load").tally().attempts()).isEqualTo(3);
        assertThat(task("extract").tally().attempts()).isEqualTo(1);
    }

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
    void anIntervalThatIsDoneIsLeftAloneUnlessAllAreAskedFor() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        PipelineBuilder p = daily("done");
        p.task("only", Integer.class, task -> runs.incrementAndGet());
        Pipeline pipeline = p.build();

        run(pipeline, 3);
        assertThat(runs).hasValue(3);
        run(pipeline, 3);
        assertThat(runs).hasValue(3);
        run(pipeline, 3, Reprocess.ALL);
        assertThat(runs).hasValue(6);
        assertThat(store.runs(RunFilter.ALL)).hasSize(3);
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
    void aTaskThatFindsNothingToDoIsSkippedAndSoIsWhatTakesItsResult() throws Exception {
        PipelineBuilder p = daily("skip");
        var first =
                p.task(
                        "first",
                        String.class,
                        task -> {
                            throw new SkipException("a holiday");
                        });
        p.task("second", String.class, first, (task, in) -> in);
        p.task("anyway", String.class, first.optional(), (task, in) -> in.orElse("nothing"))
                .when(TriggerRule.ALL_DONE);

        assertThat(run(p.build(), 1)).isEqualTo(BackfillState.COMPLETED);
        assertThat(task("first").state()).hasToString("SKIPPED");
        assertThat(task("second").state()).hasToString("SKIPPED");
        assertThat(task("anyway").state()).hasToString("SUCCEEDED");
    }

    @Test
    void aResultThatIsTooLargeFailsItsTaskAndNamesIt() throws Exception {
        PipelineBuilder p = daily("large");
        p.task("bulky", String.class, task -> "x".repeat(70_000));

        assertThat(run(p.build(), 1)).isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
        assertThat(task("bulky").message())
                .contains("RESULT_TOO_LARGE", "'bulky'", "70002 bytes", "65536");
    }

    @Test
    void noMoreRunsAreActiveAtOnceThanAskedFor() throws Exception {
        AtomicInteger active = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        PipelineBuilder p = daily("throttled");
        var first =
                p.task(
                        "first",
                        Integer.class,
                        task -> {
                            most.accumulateAndGet(active.incrementAndGet(), Math::max);
                            return 1;
                        });
        p.task("second", Integer.class, first, (task, n) -> active.decrementAndGet());
        Pipeline pipeline = p.build();

        try (Engine engine = engine()) {
            engine.load(code(pipeline));
            RunRequest request =
                    new RunRequest(range(28), Map.of(), Optional.of(Reprocess.MISSING), 3);
            engine.request(pipeline.definition(), request).ended().get(60, TimeUnit.SECONDS);
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(store.runs(RunFilter.ALL)).hasSize(28);
    }

    @Test
    void parametersReachTheTaskWithTheirTypes() throws Exception {
        Parameter<Long> least = Parameter.integer("least", 5);
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        PipelineBuilder p = daily("parameters").parameters(least);
        p.task("only", Boolean.class, task -> seen.add(task.parameter(least)));
        Pipeline pipeline = p.build();

        run(pipeline, 1);
        try (Engine engine = engine()) {
            engine.load(code(pipeline));
            RunRequest request =
                    new RunRequest(
                            range(1), Map.of("least", "7"), Optional.of(Reprocess.FAILED), 1);
            engine.request(pipeline.definition(), request).ended().get(60, TimeUnit.SECONDS);
        }
        assertThat(seen).containsExactly(5L, 7L);
        assertThat(store.runs(RunFilter.ALL).getFirst().name()).startsWith("manual__");
    }

    @Test
    void anUnknownParameterIsRefusedAndNothingIsKept() {
        PipelineBuilder p = daily("refused");
        p.task("only", Integer.class, task -> 1);
        Pipeline pipeline = p.build();

        try (Engine engine = engine()) {
            engine.load(code(pipeline));
            RunRequest request =
                    new RunRequest(range(1), Map.of("x", "7"), Optional.of(Reprocess.FAILED), 1);
            assertThatThrownBy(() -> engine.request(pipeline.definition(), request))
                    .isInstanceOf(TidemarkException.class)
                    .hasMessageContaining("has no parameter 'x'");
        }
        assertThat(store.runs(RunFilter.ALL)).isEmpty();
    }

    @Test
    void whatATaskPrintsGoesToTheLogOfItsAttempt() throws Exception {
        PipelineBuilder p = daily("talkative");
        p.task(
                "only",
                Integer.class,
                task -> {
                    System.out.println("printed to standard output");
                    task.log("read %d rows", 7);
                    return 1;
                });
        run(p.build(), 1);

        Path log = new Home(folder).log("talkative", onlyRun().name(), "only", 1);
        assertThat(Files.readString(log)).contains("printed to standard output", "read 7 rows");
    }

    @Test
    void anEngineWhoseStoreFailsStopsAndSaysWhy() {
        PipelineBuilder p = daily("full");
        p.task("only", Integer.class, task -> 1);
        Pipeline pipeline = p.build();
        Store full = new FullStore(new MemoryStore("issuer"), 1);

        try (Engine engine = Engine.start(full, workplace(), 2, Watcher.NOBODY)) {
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

    private static PipelineBuilder daily(String name) {
        return Pipeline.named(name).schedule(Schedule.daily()).startingOn(FIRST.toString());
    }

    private BackfillState run(Pipeline pipeline, int days)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        return run(pipeline, days, Reprocess.FAILED);
    }

    private BackfillState run(Pipeline pipeline, int days, Reprocess reprocess)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        try (Engine engine = engine()) {
            engine.load(code(pipeline));
            return engine.request(pipeline.definition(), request(days, reprocess))
                    .ended()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static RunRequest request(int days, Reprocess reprocess) {
        return new RunRequest(range(days), Map.of(), Optional.of(reprocess), 1);
    }

    private static Optional<RunRequest.Range> range(int days) {
        return Optional.of(new RunRequest.Range(FIRST, FIRST.plusDays(days - 1L)));
    }

    private PipelineCode code(Pipeline pipeline) {
        return new PipelineCode(pipeline, "v1", folder);
    }

    private Engine engine() {
        return Engine.start(store, workplace(), 4, Watcher.NOBODY);
    }

    private Workplace workplace() {
        return new Workplace(Home.at(folder), InstantSource.system(), Steps.UNHEARD, false);
    }

    private RunView onlyRun() {
        List<RunView> runs = store.runs(RunFilter.ALL);
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    private TaskView task(String name) {
        return store.tasks(onlyRun().number()).stream()
                .filter(task -> task.task().task().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
