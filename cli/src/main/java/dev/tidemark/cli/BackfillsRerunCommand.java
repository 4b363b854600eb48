package dev.tidemark.cli;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Command.RerunBackfill;
import dev.tidemark.core.UnknownEffects;
import dev.tidemark.engine.Planning;
import dev.tidemark.store.StoreReader;
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
    private final BackfillNumber number = new BackfillNumber(syntax);
    private final RerunOptions options = new RerunOptions(syntax, state);

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
                            number.in(store).number(),
                            options.acceptsUnknownEffects(),
                            options.reason());
            if (options.isDryRun()) {
                BackfillPlan plan = Planning.rerun(store, rerun);
                Optional<PipelineDefinition> definition = RunFlow.definition(plan, store);
                PlanText text = new PlanText(definition, plan);
                syntax.out()
                        .print(
                                options.json()
                                        ? text.json() + "\n"
                                        : text.table(Terminal.ofStandardOutput()));
                syntax.out().flush();
                definition.ifPresent(known -> UnknownEffects.refuse(known, plan));
                return ExitCode.DONE;
            }
        }
        return options.run(rerun, engine -> engine.rerun(rerun), clock);
    }
}
