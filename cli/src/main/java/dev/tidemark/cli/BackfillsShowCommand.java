package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskFilter;
import dev.tidemark.store.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark backfills show}: how far a backfill is, what failed, and what it left alone. */
final class BackfillsShowCommand implements Command {
    /** Failed intervals, and those left alone, that are shown one by one. */
    private static final int MOST_SHOWN = 20;

    private final Syntax syntax =
            new Syntax(
                    "show",
                    this,
                    "Shows a backfill: how far it is, how long the rest takes, what failed, and"
                            + " what it left alone.");

    private final StateOptions state = new StateOptions(syntax);
    private final BackfillNumber number = new BackfillNumber(syntax);
    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON object.");

    /** A run that did not go well, and the first error of it. */
    private record Failed(RunView run, Optional<TaskView> task) {}

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        try (StoreReader store = state.read()) {
            BackfillSummary backfill = number.in(store);
            List<Failed> failed = failed(backfill, store);
            List<Change.IntervalSkipped> skipped =
                    store.skippedIntervals(backfill.number(), MOST_SHOWN);
            Optional<Duration> left = BackfillText.left(backfill, store);
            syntax.out()
                    .print(
                            json.value()
                                    ? json(backfill, failed, skipped, left)
                                    : head(backfill, state.place().isLive(store), left)
                                            + failed(backfill, failed)
                                            + skipped(backfill, skipped));
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private static List<Failed> failed(BackfillSummary backfill, StoreReader store) {
        List<Failed> failed = new ArrayList<>();
        for (RunState how : List.of(RunState.FAILED, RunState.CANCELLED)) {
            RunFilter filter =
                    RunFilter.ALL.backfill(backfill.number()).state(how).limit(MOST_SHOWN);
            for (RunView run : store.runs(filter)) {
                TaskFilter first = TaskFilter.ALL.state(TaskState.FAILED).limit(1);
                failed.add(new Failed(run, store.tasks(run.number(), first).stream().findFirst()));
            }
        }
        return failed.stream().limit(MOST_SHOWN).toList();
    }

    private static String head(BackfillSummary backfill, boolean live, Optional<Duration> left) {
        BackfillSummary.Asked asked = backfill.asked();
        StringBuilder text = new StringBuilder();
        text.append("Backfill %d of %s: ".formatted(backfill.number(), asked.pipeline()))
                .append(BackfillText.state(backfill, live))
                .append(
                        backfill.status().reason().isEmpty()
                                ? ""
                                : ", " + backfill.status().reason())
                .append('\n');
        if (asked.options().acceptUnknownEffects()) {
            text.append("Accepts that nobody knows what some task does a second time.\n");
        }
        if (!asked.reason().isEmpty()) {
            text.append("Reason: ").append(asked.reason()).append('\n');
        }
        text.append(
                "Asked at %s: %d intervals, reprocess %s, at most %d at once, %s first, halts after"
                        .formatted(
                                backfill.times().created(),
                                asked.intervals(),
                                RunReport.word(asked.options().reprocess()),
                                asked.options().maxActive(),
                                RunReport.word(asked.options().pace().order())));
        text.append(" %d failures in a row.%n".formatted(asked.options().haltAfter()));
        text.append(
                "%s succeeded, %s failed, %s cancelled, %s under way, %s left alone, %s not started"
                        .formatted(
                                count(backfill, RunState.SUCCEEDED),
                                count(backfill, RunState.FAILED),
                                count(backfill, RunState.CANCELLED),
                                Units.count(
                                        BackfillText.of(backfill, RunState.RUNNING)
                                                + (long)
                                                        BackfillText.of(backfill, RunState.QUEUED)),
                                Units.count(backfill.progress().skipped()),
                                Units.count(BackfillText.notStarted(backfill))));
        text.append(left.map(it -> "; about " + Units.duration(it) + " left").orElse(""));
        text.append(".\n");
        backfill.times()
                .ended()
                .map(end -> Duration.between(backfill.times().created(), end))
                .ifPresent(
                        took -> text.append("It took ").append(Units.duration(took)).append(".\n"));
        return text.toString();
    }

    private static String count(BackfillSummary backfill, RunState state) {
        return Units.count(BackfillText.of(backfill, state));
    }

    private static String failed(BackfillSummary backfill, List<Failed> failed) {
        if (failed.isEmpty()) {
            return "";
        }
        String table =
                new Table(
                                List.of(
                                        Column.number("RUN"),
                                        Column.text("INTERVAL"),
                                        Column.text("STATE"),
                                        Column.text("TASK"),
                                        Column.text("ERROR")),
                                failed.stream().map(BackfillsShowCommand::row).toList())
                        .render(Terminal.ofStandardOutput());
        int all =
                BackfillText.of(backfill, RunState.FAILED)
                        + BackfillText.of(backfill, RunState.CANCELLED);
        return table
                + more(all, failed.size())
                + (backfill.state().isFinal()
                        ? "tidemark backfills rerun " + backfill.number() + " runs them again.\n"
                        : "");
    }

    private static List<Cell> row(Failed failed) {
        return List.of(
                Cell.of(Long.toString(failed.run().number())),
                Cell.of(Labels.interval(failed.run())),
                new Cell(
                        RunReport.word(failed.run().state()),
                        ReportText.tone(failed.run().state())),
                Cell.of(failed.task().map(task -> task.task().label()).orElse("")),
                Cell.of(failed.task().map(TaskView::message).orElse("")));
    }

    private static String skipped(BackfillSummary backfill, List<Change.IntervalSkipped> skipped) {
        if (skipped.isEmpty()) {
            return "";
        }
        return new Table(
                                List.of(Column.text("LEFT ALONE"), Column.text("REASON")),
                                skipped.stream()
                                        .map(
                                                it ->
                                                        List.of(
                                                                Cell.of(Labels.of(it.interval())),
                                                                Cell.of(it.reason())))
                                        .toList())
                        .render(Terminal.ofStandardOutput())
                + more(backfill.progress().skipped(), skipped.size());
    }

    private static String more(int all, int shown) {
        return all > shown ? "and " + Units.count(all - shown) + " more\n" : "";
    }

    private static String json(
            BackfillSummary backfill,
            List<Failed> failed,
            List<Change.IntervalSkipped> skipped,
            Optional<Duration> left) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        BackfillJson.put(root, backfill);
        root.put("seconds_left", left.map(Duration::toSeconds).orElse(null));
        ArrayNode wrong = root.putArray("failed");
        for (Failed each : failed) {
            ObjectNode one = wrong.addObject();
            one.put("run", each.run().number()).put("run_id", each.run().name());
            BackfillJson.put(one.putObject("interval"), each.run().identity().interval());
            one.put("state", RunReport.word(each.run().state()));
            one.put("task", each.task().map(task -> task.task().label()).orElse(null));
            one.put("error", each.task().map(TaskView::message).orElse(null));
        }
        ArrayNode alone = root.putArray("left_alone");
        for (Change.IntervalSkipped each : skipped) {
            ObjectNode one = alone.addObject();
            BackfillJson.put(one.putObject("interval"), each.interval());
            one.put("reason", each.reason());
        }
        return JsonMapper.shared().writeValueAsString(root) + "\n";
    }
}
