package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.store.AttemptView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code tidemark tasks logs}: what one attempt printed. */
final class TasksLogsCommand implements Command {
    private final Syntax syntax =
            new Syntax(
                    "logs",
                    this,
                    "Prints the log of the latest attempt of a task, or of the one named.");

    private final StateOptions state = new StateOptions(syntax);
    private final RunParameter run = new RunParameter(syntax);

    private final Given<String> task =
            syntax.parameter(
                    "TASK", String.class, "The task's name; train[3] for one of a mapped task.");

    private final Given<Optional<Integer>> attempt =
            syntax.option("--attempt=N", Integer.class, "Which attempt.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        try (StoreReader store = state.read()) {
            RunView found = run.in(store);
            List<AttemptView> attempts =
                    store
                            .attempts(found.number(), task.value().replaceFirst("\\[\\d+]$", ""))
                            .stream()
                            .filter(each -> each.task().label().equals(task.value()))
                            .filter(each -> attempt.value().orElse(each.number()) == each.number())
                            .toList();
            if (attempts.isEmpty()) {
                throw nothingOf(found);
            }
            print(found, attempts.getLast());
            return ExitCode.DONE;
        }
    }

    private TidemarkException nothingOf(RunView found) {
        return new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "run "
                        + found.name()
                        + " has no attempt"
                        + attempt.value().map(number -> " " + number).orElse("")
                        + " of task '"
                        + task.value()
                        + "'; runs show "
                        + found.name()
                        + " lists its tasks");
    }

    private void print(RunView shown, AttemptView latest) {
        Path file =
                state.named()
                        .log(
                                shown.pipeline(),
                                shown.name(),
                                latest.task().label(),
                                latest.number());
        PrintWriter out = syntax.out();
        try (Reader log = Files.newBufferedReader(file)) {
            log.transferTo(out);
            out.flush();
        } catch (NoSuchFileException _) {
            // A log is made with the first line that its task says.
            out.println(silent(latest));
            out.flush();
        } catch (IOException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST, "the log " + file + " cannot be read", e);
        }
    }

    /** What the store knows of an attempt that left no log. */
    private static String silent(AttemptView attempt) {
        String what = "attempt " + attempt.number() + " of " + attempt.task().label();
        return attempt.times()
                .ended()
                .map(
                        ended ->
                                what
                                        + " said nothing: started "
                                        + attempt.times().started()
                                        + ", "
                                        + RunReport.word(attempt.status().state())
                                        + " "
                                        + ended)
                .orElseGet(() -> what + " has said nothing since " + attempt.times().started());
    }
}
