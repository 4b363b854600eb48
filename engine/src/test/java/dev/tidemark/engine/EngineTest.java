package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Parameter;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Retry;
import dev.tidemark.SkipException;
import dev.tidemark.TaskException;
import dev.tidemark.TidemarkException;
import dev.tidemark.TriggerRule;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunRequest;
import dev.tidemark.store.RunFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineTest extends EngineFixture {
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
    void aChainOfHundredsOfTasksRunsEachOfThemOnceAndInOrder() throws Exception {
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        PipelineBuilder p = daily("chain");
        var last = p.task("t0", Integer.class, task -> 0);
        for (int i = 1; i <= 300; i++) {
            last =
                    p.task(
                            "t" + i,
                            Integer.class,
                            last,
                            (task, before) -> {
                                ran.add(before + 1);
                                return before + 1;
                            });
        }

        assertThat(run(p.build(), 1)).isEqualTo(BackfillState.COMPLETED);
        assertThat(ran).isEqualTo(IntStream.rangeClosed(1, 300).boxed().toList());
    }

    @Test
    void whatMostlyWaitsAndWhatComputesRunSideBySideToTheLast() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        PipelineBuilder p = daily("mixed");
        for (int i = 0; i < 40; i++) {
            var first = p.task("computes" + i, Integer.class, task -> ran.incrementAndGet());
            var second =
                    p.task("waits" + i, Integer.class, first, (task, n) -> ran.incrementAndGet())
                            .mostlyWaits();
            p.task("ends" + i, Integer.class, second, (task, n) -> ran.incrementAndGet());
        }

        assertThat(run(p.build(), 3)).isEqualTo(BackfillState.COMPLETED);
        assertThat(ran).hasValue(3 * 40 * 3);
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
    void aSilentAttemptLeavesNoLogAndOneThatFailsAWholeOne() throws Exception {
        PipelineBuilder p = daily("quiet");
        p.task("silent", Integer.class, task -> 1);
        p.task(
                "broken",
                Integer.class,
                task -> {
                    throw new IllegalStateException("no such luck");
                });
        run(p.build(), 1);

        String run = onlyRun().name();
        assertThat(new Home(folder).log("quiet", run, "silent", 1)).doesNotExist();
        assertThat(Files.readString(new Home(folder).log("quiet", run, "broken", 1)))
                .contains("attempt 1 of broken starts", "no such luck");
    }
}
