package dev.tidemark.cli;

import dev.tidemark.core.ClearSelection;
import dev.tidemark.core.Graph;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Watcher;
import dev.tidemark.engine.Workplace;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskView;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark clear}: has tasks of a run wait again, so that they are run again. */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        description = {
            "Has tasks of a run wait again; history is kept. The next run of the interval runs"
                    + " them.",
            "Without --task, all tasks are meant."
        })
final class ClearCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Mixin private final HomeOption home = new HomeOption();

    @Parameters(paramLabel = "RUN", description = "The run's text id, or its number.")
    private String run = "";

    @Option(names = "--task", paramLabel = "TASK", description = "May be given more than once.")
    private Set<String> tasks = Set.of();

    @Option(names = "--downstream", description = "Also all tasks that wait for these.")
    private boolean downstream;

    @Option(names = "--upstream", description = "Also all tasks that these wait for.")
    private boolean upstream;

    @Option(names = "--only-failed", description = "Of these, only those that did not go well.")
    private boolean onlyFailed;

    @Option(names = "--dry-run", description = "Says what would be cleared, and clears nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        RunView meant;
        List<TaskKey> keys;
        try (StoreReader store = home.read()) {
            meant = RunsCommand.found(store, run);
            keys = selected(store, meant);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        String names = String.join(", ", keys.stream().map(TaskKey::label).toList());
        if (keys.isEmpty()) {
            out.println("Nothing to clear in " + meant.name() + ".");
        } else if (dryRun) {
            out.println("Would clear in " + meant.name() + ": " + names);
        } else {
            Workplace workplace =
                    new Workplace(home.named(), InstantSource.system(), Steps.UNHEARD, false);
            try (Session session = Session.open(workplace, Watcher.NOBODY)) {
                session.engine().clear(meant.number(), keys);
            }
            out.println("Cleared in " + meant.name() + ": " + names);
            out.println("Run the pipeline for this interval to run them again.");
        }
        return ExitCode.DONE.number();
    }

    private List<TaskKey> selected(StoreReader store, RunView meant) {
        Graph graph =
                new Graph(
                        meant.version(),
                        store.definition(meant.pipeline(), meant.version()).orElseThrow());
        Map<TaskKey, TaskState> states = new LinkedHashMap<>();
        for (TaskView task : store.tasks(meant.number())) {
            states.put(task.task(), task.state());
        }
        return new ClearSelection(tasks, downstream, upstream, onlyFailed)
                .of(meant.number(), graph, states);
    }
}
