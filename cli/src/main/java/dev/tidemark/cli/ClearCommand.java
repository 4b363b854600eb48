package dev.tidemark.cli;

import dev.tidemark.core.ClearSelection;
import dev.tidemark.core.Command.Clear;
import dev.tidemark.core.Graph;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskView;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code tidemark clear}: has tasks of a run wait again, so that they are run again. */
final class ClearCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "clear",
                    this,
                    "Has tasks of a run wait again; history is kept. A server runs them; without"
                            + " one, the next run of the interval does.",
                    "Without TASK, all tasks are meant.");

    private final StateOptions state = new StateOptions(syntax);
    private final RunParameter run = new RunParameter(syntax);

    private final TaskSelection tasks = new TaskSelection(syntax);

    private final Given<Boolean> downstream =
            syntax.flag("--downstream", "Also all tasks that wait for these.");

    private final Given<Boolean> upstream =
            syntax.flag("--upstream", "Also all tasks that these wait for.");

    private final Given<Boolean> onlyFailed =
            syntax.flag("--only-failed", "Of these, only those that did not go well.");

    private final EffectsOption effects = new EffectsOption(syntax);

    private final Given<Boolean> dryRun =
            syntax.flag("--dry-run", "Says what would change, and changes nothing.");

    ClearCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        RunView meant;
        Clear clear;
        PrintWriter out = syntax.out();
        try (StoreReader store = state.read()) {
            meant = run.in(store);
            clear = new Clear(meant.number(), selected(store, meant), effects.accepted());
            if (clear.tasks().isEmpty()) {
                out.println("Nothing to clear in " + meant.name() + ".");
                return ExitCode.DONE;
            }
            if (dryRun.value()) {
                return new DryRun(meant, clear).print(syntax, state, store, clock.instant());
            }
        }
        boolean goesOn = new Deed(clear, engine -> engine.clear(clear)).done(state, clock);
        List<String> names = clear.tasks().stream().map(TaskKey::label).toList();
        out.println("Cleared in " + meant.name() + ": " + String.join(", ", names));
        out.println(
                goesOn
                        ? "The server runs them again."
                        : "Run the pipeline for this interval to run them again.");
        return ExitCode.DONE;
    }

    private List<TaskKey> selected(StoreReader store, RunView meant) {
        Graph graph = TaskSelection.graph(meant, store);
        Map<TaskKey, TaskState> states = new LinkedHashMap<>();
        if (onlyFailed.value()) {
            for (TaskView task : store.tasks(meant.number())) {
                states.put(task.task(), task.state());
            }
        }
        return new ClearSelection(
                        tasks.labels(), downstream.value(), upstream.value(), onlyFailed.value())
                .of(meant.number(), graph, states);
    }
}
