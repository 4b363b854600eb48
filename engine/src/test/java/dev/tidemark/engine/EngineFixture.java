package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Schedule;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunRequest;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.Store;
import dev.tidemark.store.TaskView;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** An engine over a store in memory, and small ways to ask it for something. */
abstract class EngineFixture {
    static final LocalDate FIRST = LocalDate.parse("2001-02-01");

    @TempDir Path folder;
    final Store store = new MemoryStore("issuer");

    static PipelineBuilder daily(String name) {
        return Pipeline.named(name).schedule(Schedule.daily()).startingOn(FIRST.toString());
    }

    BackfillState run(Pipeline pipeline, int days)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        return run(pipeline, days, Reprocess.FAILED);
    }

    BackfillState run(Pipeline pipeline, int days, Reprocess reprocess)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        try (Engine engine = engine()) {
            engine.load(code(pipeline));
            return engine.request(pipeline.definition(), request(days, reprocess))
                    .ended()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    static RunRequest request(int days, Reprocess reprocess) {
        // Nobody looks at the code of tests.
        RunRequest.Again again =
                new RunRequest.Again(
                        Optional.of(reprocess), true, BackfillPlan.WatermarkUse.ADVANCE);
        return new RunRequest(range(days), Map.of(), again, RunRequest.Pace.of(1), "");
    }

    static Optional<RunRequest.Range> range(int days) {
        return Optional.of(new RunRequest.Range(FIRST, FIRST.plusDays(days - 1L)));
    }

    PipelineCode code(Pipeline pipeline) {
        return new PipelineCode(pipeline, "v1", folder);
    }

    Engine engine() {
        return Engine.start(store, workplace(), Terms.ofCommand(4), Watcher.NOBODY);
    }

    Workplace workplace() {
        return new Workplace(Home.at(folder), InstantSource.system(), Steps.UNHEARD, false);
    }

    RunView onlyRun() {
        List<RunView> runs = store.runs(RunFilter.ALL);
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    TaskView task(String name) {
        return store.tasks(onlyRun().number()).stream()
                .filter(task -> task.task().task().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
