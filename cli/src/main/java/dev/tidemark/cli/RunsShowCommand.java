package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskView;
import java.util.List;

/** {@code tidemark runs show}: what became of one run. */
final class RunsShowCommand implements Command {
    private final Syntax syntax =
            new Syntax("show", this, "Shows a run: its tasks, and what it published.");
    private final StateOptions state = new StateOptions(syntax);
    private final RunParameter run = new RunParameter(syntax);
    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON object.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        try (StoreReader store = state.read()) {
            RunReport.Entry entry = RunReport.entry(run.in(store), store);
            syntax.out()
                    .print(
                            json.value()
                                    ? new RunReport(List.of(entry)).json() + "\n"
                                    : text(entry, state.place().isLive(store)));
            syntax.out().flush();
            return ExitCode.DONE;
        }
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
                                        RunReport.state(run, live)));
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
                        manifests.stream().map(RunsShowCommand::row).toList())
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
}
