package dev.tidemark.cli;

import dev.tidemark.core.Command.Cancel;
import dev.tidemark.core.Command.Mark;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** {@code tidemark cancel}: gives up a run, or tasks of it; what runs is stopped. */
final class CancelCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "cancel",
                    this,
                    "Gives up a run, or tasks of it: what runs is stopped, and can publish nothing"
                            + " any more.",
                    "Without TASK, the whole run is meant. What waits for a cancelled task follows"
                            + " its trigger rule.");

    private final StateOptions state = new StateOptions(syntax);
    private final RunParameter run = new RunParameter(syntax);
    private final TaskSelection tasks = new TaskSelection(syntax);

    private final Given<String> reason =
            syntax.option("--reason=TEXT", String.class, "", "Why; kept in the history.");

    private final Given<Boolean> dryRun =
            syntax.flag("--dry-run", "Says what would change, and changes nothing.");

    CancelCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        RunView meant;
        Deed deed;
        try (StoreReader store = state.read()) {
            meant = run.in(store);
            List<TaskKey> keys = tasks.of(meant, store);
            deed = keys.isEmpty() ? ofRun(meant) : ofTasks(meant, keys);
            if (dryRun.value()) {
                return new DryRun(meant, deed.command())
                        .print(syntax, state, store, clock.instant());
            }
        }
        deed.done(state, clock);
        String names = tasks.labels().stream().collect(Collectors.joining(", "));
        syntax.out()
                .println(
                        "Cancelled "
                                + (names.isEmpty() ? meant.name() : names + " in " + meant.name())
                                + ".");
        return ExitCode.DONE;
    }

    private Deed ofRun(RunView meant) {
        String why = reason.value().isEmpty() ? "cancelled by hand" : reason.value();
        return new Deed(
                new Cancel(meant.number(), why), engine -> engine.cancel(meant.number(), why));
    }

    private Deed ofTasks(RunView meant, List<TaskKey> keys) {
        Mark mark = new Mark(meant.number(), keys, TaskState.CANCELLED, reason.value());
        return new Deed(mark, engine -> engine.mark(mark));
    }
}
