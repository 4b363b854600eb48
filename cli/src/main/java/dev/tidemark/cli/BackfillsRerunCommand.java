package dev.tidemark.cli;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Command.RerunBackfill;
import dev.tidemark.core.UnknownEffects;
import dev.tidemark.engine.Planning;
import dev.tidemark.engine.Steps;
import dev.tidemark.store.StoreReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** {@code tidemark backfills rerun}: what a backfill left, as a new one. */
final class BackfillsRerunCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "rerun",
                    this,
                    "Runs what a backfill left: intervals that failed, and those that were not"
                            + " started. It becomes a new backfill.",
                    "PIPELINE is needed where no server is up that has it.");

    private final StateOptions state = new StateOptions(syntax);
    private final WriteOptions writing = new WriteOptions(syntax);
    private final BackfillNumber number = new BackfillNumber(syntax);

    private final Given<Optional<Path>> pipeline =
            syntax.optionalParameter(
                    "PIPELINE", Path.class, "A .java file, a folder of them, or a jar.");

    private final Given<String> reason =
            syntax.option("--reason=TEXT", String.class, "", "Why; kept with the new backfill.");

    private final EffectsOption effects = new EffectsOption(syntax);

    private final Given<Boolean> dryRun =
            syntax.flag("--dry-run", "Prints the plan and runs nothing.");

    BackfillsRerunCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        RerunBackfill rerun;
        try (StoreReader store = state.read()) {
            rerun =
                    new RerunBackfill(
                            number.in(store).number(), effects.accepted(), reason.value());
            if (dryRun.value()) {
                BackfillPlan plan = Planning.rerun(store, rerun);
                Optional<PipelineDefinition> definition = RunFlow.definition(plan, store);
                PlanText text = new PlanText(definition, plan);
                syntax.out()
                        .print(
                                writing.json()
                                        ? text.json() + "\n"
                                        : text.table(Terminal.ofStandardOutput()));
                syntax.out().flush();
                definition.ifPresent(known -> UnknownEffects.refuse(known, plan));
                return ExitCode.DONE;
            }
        }
        return writing.flow(state, Steps.UNHEARD, clock)
                .again(
                        pipeline.value()
                                .map(path -> PipelineOption.load(path, state.made(), clock)),
                        rerun,
                        engine -> engine.rerun(rerun));
    }
}
