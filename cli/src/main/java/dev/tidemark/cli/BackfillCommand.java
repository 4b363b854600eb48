package dev.tidemark.cli;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.RunRequest;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Planning;
import dev.tidemark.engine.Steps;
import dev.tidemark.store.StoreReader;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidemark backfill}: many intervals of the past, several at once. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a pipeline over a range of past dates, several intervals at once.",
            "Interrupted, the same command goes on."
        })
final class BackfillCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Mixin private final PipelineOption pipeline = new PipelineOption();
    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final WriteOptions writing = new WriteOptions();

    @Option(names = "--from", required = true, description = "The first local date.")
    private @Nullable LocalDate from;

    @Option(names = "--to", required = true, description = "The last local date, included.")
    private @Nullable LocalDate to;

    @Option(
            names = "--max-active",
            paramLabel = "N",
            description = "How many intervals run at once. Default: ${DEFAULT-VALUE}")
    private int maxActive = BackfillPlan.Options.DEFAULT_MAX_ACTIVE;

    @Option(
            names = "--reprocess",
            description =
                    "Which of the intervals that ran already run again: ${COMPLETION-CANDIDATES}."
                            + " Must be said where some did.")
    private @Nullable Reprocess reprocess;

    @Option(names = "--dry-run", description = "Prints the plan and runs nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        Optional<RunRequest.Range> range = Ranges.of(spec, null, from, to);
        PipelineCode code = pipeline.load(home.made());
        RunRequest request =
                new RunRequest(
                        range, pipeline.parameters(), Optional.ofNullable(reprocess), maxActive);
        return dryRun
                ? show(code.pipeline().definition(), request)
                : writing.flow(home.made(), Steps.UNHEARD, Objects.requireNonNull(spec))
                        .run(code, request)
                        .number();
    }

    private int show(PipelineDefinition definition, RunRequest request) {
        try (StoreReader store = home.readOrNothing()) {
            PlanText text =
                    new PlanText(
                            definition,
                            Planning.plan(
                                            definition,
                                            request,
                                            store,
                                            InstantSource.system().instant())
                                    .plan());
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.print(
                    writing.json() ? text.json() + "\n" : text.table(Terminal.ofStandardOutput()));
            out.flush();
            return ExitCode.DONE.number();
        }
    }
}
