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
import java.util.Optional;

/** {@code tidemark backfill}: many intervals of the past, several at once. */
final class BackfillCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "backfill",
                    this,
                    "Runs a pipeline over a range of past dates, several intervals at once.",
                    "Interrupted, the same command goes on.");

    // Before the parameter: picocli then names all that is missing, not the parameter alone.
    private final Given<LocalDate> from =
            syntax.required("--from=DATE", LocalDate.class, "The first local date.");

    private final Given<LocalDate> to =
            syntax.required("--to=DATE", LocalDate.class, "The last local date, included.");

    private final PipelineOption pipeline = new PipelineOption(syntax);
    private final StateOptions state = new StateOptions(syntax);
    private final WriteOptions writing = new WriteOptions(syntax);

    private final Given<Integer> maxActive =
            syntax.option(
                    "--max-active=N",
                    Integer.class,
                    BackfillPlan.Options.DEFAULT_MAX_ACTIVE,
                    "How many intervals run at once.");

    private final Given<Optional<Reprocess>> reprocess =
            syntax.option(
                    "--reprocess=WHICH",
                    Reprocess.class,
                    "Which of the intervals that ran already run again: ${COMPLETION-CANDIDATES}."
                            + " Must be said where some did.");

    private final Given<Boolean> dryRun =
            syntax.flag("--dry-run", "Prints the plan and runs nothing.");

    BackfillCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        Optional<RunRequest.Range> range =
                Optional.of(new RunRequest.Range(from.value(), to.value()));
        PipelineCode code = pipeline.load(state.made(), clock);
        RunRequest request =
                new RunRequest(range, pipeline.parameters(), reprocess.value(), maxActive.value());
        return dryRun.value()
                ? show(code.pipeline().definition(), request)
                : writing.flow(state, Steps.UNHEARD, clock).run(code, request);
    }

    private ExitCode show(PipelineDefinition definition, RunRequest request) {
        try (StoreReader store = state.readOrNothing()) {
            PlanText text =
                    new PlanText(
                            definition,
                            Planning.plan(
                                            definition,
                                            request,
                                            store,
                                            clock.instant(),
                                            number -> false)
                                    .plan());
            PrintWriter out = syntax.out();
            out.print(
                    writing.json() ? text.json() + "\n" : text.table(Terminal.ofStandardOutput()));
            out.flush();
            return ExitCode.DONE;
        }
    }
}
