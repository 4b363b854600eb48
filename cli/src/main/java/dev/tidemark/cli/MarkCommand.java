package dev.tidemark.cli;

import dev.tidemark.core.Command.Mark;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.InstantSource;
import java.util.List;

/** {@code tidemark mark}: says how tasks of a run ended, whatever they did. */
final class MarkCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "mark",
                    this,
                    "Says that tasks of a run have succeeded or failed, whatever they did. What"
                            + " runs of them is stopped first.",
                    "A task that is marked leaves no result: it cannot be marked as succeeded where"
                            + " another task takes its result.");

    private final StateOptions state = new StateOptions(syntax);
    private final RunParameter run = new RunParameter(syntax);
    private final TaskSelection tasks = new TaskSelection(syntax);

    private final Given<Boolean> success =
            syntax.flag("--success", "They succeeded. What failed only because of them runs.");

    private final Given<Boolean> failed = syntax.flag("--failed", "They failed.");

    private final Given<String> reason =
            syntax.option("--reason=TEXT", String.class, "", "Why; kept in the history.");

    private final Given<Boolean> dryRun =
            syntax.flag("--dry-run", "Says what would change, and changes nothing.");

    MarkCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        if (success.value().equals(failed.value())) {
            throw syntax.misuse("say how they ended: either --success or --failed");
        }
        if (tasks.labels().isEmpty()) {
            throw syntax.misuse("say which tasks: tidemark mark RUN TASK… --success");
        }
        RunView meant;
        Mark mark;
        try (StoreReader store = state.read()) {
            meant = run.in(store);
            List<TaskKey> keys = tasks.of(meant, store);
            TaskState to = success.value() ? TaskState.SUCCEEDED : TaskState.FAILED;
            mark = new Mark(meant.number(), keys, to, reason.value());
            if (dryRun.value()) {
                return new DryRun(meant, mark).print(syntax, state, store, clock.instant());
            }
        }
        new Deed(mark, engine -> engine.mark(mark)).done(state, clock);
        try (StoreReader store = state.read()) {
            RunView now = store.run(meant.number()).orElseThrow();
            syntax.out()
                    .println(
                            "Marked "
                                    + String.join(", ", tasks.labels())
                                    + " in "
                                    + meant.name()
                                    + "; the run is "
                                    + RunReport.word(now.state())
                                    + ".");
            if (now.status().backfill() == 0 && !now.state().isFinal()) {
                syntax.out().println("Run the pipeline for this interval to go on with it.");
            }
            return ExitCode.DONE;
        }
    }
}
