package dev.tidemark.cli;

import dev.tidemark.core.ClearSelection;
import dev.tidemark.core.Command.RerunRun;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskView;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code tidemark rerun}: clears tasks of a run, and goes on with it at once. */
final class RerunCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "rerun",
                    this,
                    "Runs a run again, or tasks of it and all that waits for them; history is"
                            + " kept.",
                    "PIPELINE is needed where no server is up that has it.");

    private final StateOptions state = new StateOptions(syntax);
    private final RunParameter run = new RunParameter(syntax);
    private final RerunOptions options = new RerunOptions(syntax, state);

    private final Given<Boolean> onlyFailed =
            syntax.flag("--only-failed", "Only what did not go well, and what waits for that.");

    private final Given<java.util.Set<String>> tasks =
            syntax.anyNumber("--task=TASK", "Only these. May be given more than once.");

    RerunCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        RerunRun rerun;
        try (StoreReader store = state.read()) {
            RunView meant = run.in(store);
            List<TaskKey> keys = selected(store, meant);
            if (keys.isEmpty()) {
                syntax.out().println("Nothing to run again in " + meant.name() + ".");
                return ExitCode.DONE;
            }
            rerun =
                    new RerunRun(
                            meant.number(),
                            keys,
                            options.acceptsUnknownEffects(),
                            options.reason());
            if (options.isDryRun()) {
                return new DryRun(meant, rerun).print(syntax, state, store, clock.instant());
            }
        }
        return options.run(rerun, engine -> engine.rerun(rerun), clock);
    }

    /** What is cleared has all below it run again: its result is void. */
    private List<TaskKey> selected(StoreReader store, RunView meant) {
        Map<TaskKey, TaskState> states = new LinkedHashMap<>();
        if (onlyFailed.value()) {
            for (TaskView task : store.tasks(meant.number())) {
                states.put(task.task(), task.state());
            }
        }
        return new ClearSelection(tasks.value(), true, false, onlyFailed.value())
                .of(meant.number(), TaskSelection.graph(meant, store), states);
    }
}
