package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskCounts;
import dev.tidemark.store.TaskFilter;
import dev.tidemark.store.TaskView;
import java.util.List;

/** {@code tidemark runs show}: what became of one run. */
final class RunsShowCommand implements Command {
    /** Instances that are shown one by one. */
    private static final int MOST_INSTANCES = 200;

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
                                    ? new RunReport(List.of(entry)).json(store) + "\n"
                                    : text(entry, store, state.place().isLive(store)));
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private static String text(RunReport.Entry entry, StoreReader store, boolean live) {
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
        text.append('\n').append(tasks(run, store));
        if (!entry.manifests().isEmpty()) {
            text.append('\n').append(manifests(entry.manifests()));
            text.append(CheckLines.warnings(entry.manifests().stream()));
        }
        return text.toString();
    }

    /** A line an instance as long as somebody can read them all, else a line a task. */
    private static String tasks(RunView run, StoreReader store) {
        List<TaskView> tasks = store.tasks(run.number(), TaskFilter.ALL.limit(MOST_INSTANCES + 1));
        if (tasks.size() <= MOST_INSTANCES) {
            return TaskText.instances(tasks);
        }
        List<TaskCounts> counts = store.taskCounts(run.number());
        return TaskText.counts(counts)
                + Units.count(counts.stream().mapToLong(TaskCounts::instances).sum())
                + " task instances. tidemark tasks list "
                + run.name()
                + " lists them page by page;\n--task=TASK and --state=STATE narrow it down.\n";
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
