package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.engine.Home;
import dev.tidemark.store.AttemptView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark tasks}: what single tasks did. */
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        description = "Shows what single tasks of a run did.")
final class TasksCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw RunCommand.misuse(spec, "say what to show: tasks logs RUN TASK");
    }

    @Command(
            name = "logs",
            mixinStandardHelpOptions = true,
            description = "Prints the log of the latest attempt of a task, or of the one named.")
    int logs(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "RUN", description = "The run's text id, or its number.")
                    String run,
            @Parameters(
                            paramLabel = "TASK",
                            description = "The task's name; train[3] for one of a mapped task.")
                    String task,
            @Option(names = "--attempt", paramLabel = "N", description = "Which attempt.")
                    @Nullable Integer attempt) {
        try (StoreReader store = home.read()) {
            RunView found = RunsCommand.found(store, run);
            String name = task.replaceFirst("\\[\\d+]$", "");
            List<AttemptView> attempts =
                    store.attempts(found.number(), name).stream()
                            .filter(each -> each.task().label().equals(task))
                            .filter(each -> attempt == null || each.number() == attempt)
                            .toList();
            if (attempts.isEmpty()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "run "
                                + found.name()
                                + " has no "
                                + (attempt == null ? "attempt" : "attempt " + attempt)
                                + " of task '"
                                + task
                                + "'; runs show "
                                + found.name()
                                + " lists its tasks");
            }
            print(home.named(), found, attempts.getLast());
            return ExitCode.DONE.number();
        }
    }

    private void print(Home home, RunView run, AttemptView attempt) {
        Path file = home.log(run.pipeline(), run.name(), attempt.task().label(), attempt.number());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (Reader log = Files.newBufferedReader(file)) {
            log.transferTo(out);
            out.flush();
        } catch (IOException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST, "the log " + file + " cannot be read", e);
        }
    }
}
