package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.RunState;
import dev.tidemark.engine.HomeLock;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark runs}: what was run. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Shows what was run. Also while another process runs.")
final class RunsCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw RunCommand.misuse(spec, "say what to show: runs list, or runs show RUN");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists runs, newest first.")
    int list(
            @Mixin HomeOption home,
            @Option(names = "--pipeline", description = "Only runs of this pipeline.")
                    @Nullable String pipeline,
            @Option(names = "--state", description = "Only runs in this state.")
                    @Nullable RunState state,
            @Option(
                            names = "--limit",
                            defaultValue = "100",
                            description = "How many at most. Default: ${DEFAULT-VALUE}")
                    int limit,
            @Option(names = "--json", description = "Prints one JSON object.") boolean json) {
        try (StoreReader store = home.read()) {
            RunFilter filter = RunFilter.ALL.limit(limit);
            if (pipeline != null) {
                filter = filter.pipeline(pipeline);
            }
            if (state != null) {
                filter = filter.state(state);
            }
            List<RunView> runs = store.runs(filter);
            boolean live = HomeLock.isTaken(home.named());
            out().print(json ? json(runs, store) : table(runs, live));
            out().flush();
            return ExitCode.DONE.number();
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a run: its tasks, and what it published.")
    int show(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "RUN", description = "The run's text id, or its number.")
                    String run,
            @Option(names = "--json", description = "Prints one JSON object.") boolean json) {
        try (StoreReader store = home.read()) {
            RunReport.Entry entry = RunReport.entry(found(store, run), store);
            out().print(
                            json
                                    ? new RunReport(List.of(entry)).json() + "\n"
                                    : text(entry, HomeLock.isTaken(home.named())));
            out().flush();
            return ExitCode.DONE.number();
        }
    }

    /**
     * The run that somebody names.
     *
     * @throws TidemarkException where there is none
     */
    static RunView found(StoreReader store, String nameOrNumber) {
        return store.run(Optional.empty(), nameOrNumber)
                .orElseThrow(
                        () ->
                                new TidemarkException(
                                        ErrorCode.INVALID_REQUEST,
                                        "there is no run '"
                                                + nameOrNumber
                                                + "'; runs list shows those there are"));
    }

    private static String json(List<RunView> runs, StoreReader store) {
        return new RunReport(runs.stream().map(run -> RunReport.entry(run, store)).toList()).json()
                + "\n";
    }

    private static String table(List<RunView> runs, boolean live) {
        if (runs.isEmpty()) {
            return "No runs.\n";
        }
        return new Table(
                        List.of(
                                Column.number("NUMBER"),
                                Column.text("RUN"),
                                Column.text("PIPELINE"),
                                Column.text("STATE"),
                                Column.number("TRY"),
                                Column.text("STARTED"),
                                Column.number("DURATION")),
                        runs.stream().map(run -> row(run, live)).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(RunView run, boolean live) {
        return List.of(
                Cell.of(Long.toString(run.number())),
                Cell.of(run.name()),
                Cell.of(run.pipeline()),
                new Cell(state(run, live), ReportText.tone(run.state())),
                Cell.of(Integer.toString(run.status().tryNumber())),
                Cell.of(run.times().started().map(Object::toString).orElse("")),
                Cell.of(ReportText.duration(run.times())));
    }

    /** A run that is not over, in a home that no process has, was interrupted. */
    private static String state(RunView run, boolean live) {
        String word = RunReport.word(run.state());
        return run.state().isFinal() || live ? word : word + " (interrupted)";
    }

    private static String text(RunReport.Entry entry, boolean live) {
        RunView run = entry.run();
        StringBuilder text =
                new StringBuilder(
                        "%s of %s, number %d, try %d: %s%n"
                                .formatted(
                                        run.name(),
                                        run.pipeline(),
                                        run.number(),
                                        run.status().tryNumber(),
                                        state(run, live)));
        text.append("interval   ").append(Labels.interval(run)).append('\n');
        text.append("version    ").append(run.version()).append('\n');
        run.identity()
                .parameters()
                .forEach(
                        (name, value) ->
                                text.append("param      ").append(name + "=" + value + "\n"));
        text.append('\n').append(tasks(entry.tasks()));
        if (!entry.manifests().isEmpty()) {
            text.append('\n').append(manifests(entry.manifests()));
        }
        return text.toString();
    }

    private static String tasks(List<TaskView> tasks) {
        return new Table(
                        List.of(
                                Column.text("TASK"),
                                Column.text("STATE"),
                                Column.number("ATTEMPTS"),
                                Column.number("LOST"),
                                Column.text("MESSAGE")),
                        tasks.stream()
                                .map(
                                        task ->
                                                List.of(
                                                        Cell.of(task.task().label()),
                                                        Cell.of(RunReport.word(task.state())),
                                                        Cell.of(
                                                                Units.count(
                                                                        task.tally().attempts())),
                                                        Cell.of(Units.count(task.tally().losses())),
                                                        Cell.of(task.message())))
                                .toList())
                .render(Terminal.ofStandardOutput());
    }

    private static String manifests(List<ManifestView> manifests) {
        return new Table(
                        List.of(
                                Column.text("ASSET"),
                                Column.text("PARTITION"),
                                Column.number("VERSION"),
                                Column.number("READ"),
                                Column.number("ACCEPTED"),
                                Column.number("REJECTED"),
                                Column.number("PUBLISHED"),
                                Column.text("CONTENT HASH")),
                        manifests.stream().map(RunsCommand::row).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(ManifestView manifest) {
        var receipt = manifest.evidence().receipt();
        return List.of(
                Cell.of(receipt.asset()),
                Cell.of(receipt.partition()),
                Cell.of(Long.toString(receipt.version())),
                Cell.of(Units.count(receipt.rows().read())),
                Cell.of(Units.count(receipt.rows().accepted())),
                Cell.of(Units.count(receipt.rows().rejected())),
                Cell.of(Units.count(receipt.rows().published())),
                Cell.of(receipt.contentHash()));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
