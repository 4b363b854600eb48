package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Tone;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.Timetable;
import dev.tidemark.engine.Home;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskCounts;
import dev.tidemark.store.TaskFilter;
import dev.tidemark.store.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report as people read it: a line an interval, then what went wrong and what to do. */
record ReportText(
        EndReport report,
        StoreReader store,
        Optional<Timetable> timetable,
        Home home,
        Terminal terminal) {
    /** Intervals that get a line each; of more, only those that failed are named. */
    private static final int MOST_INTERVALS = 200;

    /** Failed intervals that are named. */
    private static final int MOST_FAILED_INTERVALS = 20;

    /** Failed instances of a run that are named; more say little more. */
    private static final int MOST_FAILURES = 20;

    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("INTERVAL"),
                    Column.text("STATE"),
                    Column.number("ATTEMPTS"),
                    Column.number("READ"),
                    Column.number("ACCEPTED"),
                    Column.number("REJECTED"),
                    Column.text("PUBLISHED"),
                    Column.number("DURATION"));

    /** What a line of the table, and what follows it, say of a run. */
    private record Counted(RunReport.Entry entry, List<TaskCounts> tasks) {
        private int attempts() {
            return tasks.stream().mapToInt(task -> task.tally().attempts()).sum();
        }

        private int failed() {
            return tasks.stream().mapToInt(task -> task.of(TaskState.FAILED)).sum();
        }
    }

    String text() {
        BackfillPlan plan = report.plan();
        if (plan.items().isEmpty()) {
            return "Nothing to do: all that is due is proven already.\n";
        }
        StringBuilder text = new StringBuilder();
        if (plan.items().size() <= MOST_INTERVALS) {
            List<RunReport.Entry> entries = RunReport.of(plan, store).entries();
            List<List<Cell>> rows = entries.stream().map(entry -> row(counted(entry))).toList();
            text.append(new Table(COLUMNS, rows).render(terminal));
            text.append(
                    CheckLines.warnings(
                            entries.stream().flatMap(entry -> entry.manifests().stream())));
        }
        if (plan.items().size() > 1) {
            text.append(summary());
        }
        long done =
                plan.items().stream()
                        .filter(item -> item.action() == BackfillPlan.Action.SKIP)
                        .count();
        if (done > 0) {
            text.append(done)
                    .append(done == 1 ? " interval was" : " intervals were")
                    .append(" left alone: ")
                    .append(
                            plan.items().stream()
                                    .map(BackfillPlan.Item::reason)
                                    .filter(reason -> !reason.isEmpty())
                                    .distinct()
                                    .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        List<BackfillPlan.Existing> failed = report.in(RunState.FAILED);
        failed.stream()
                .limit(MOST_FAILED_INTERVALS)
                .flatMap(run -> store.run(run.run()).stream())
                .forEach(run -> failures(counted(RunReport.entry(run, store)), text));
        if (failed.size() > MOST_FAILED_INTERVALS) {
            text.append(Units.count(failed.size() - MOST_FAILED_INTERVALS))
                    .append(" more intervals failed: tidemark runs list --backfill=")
                    .append(report.backfill().number())
                    .append(" --state=failed lists them all.\n");
        }
        end(text);
        return text.toString();
    }

    private void end(StringBuilder text) {
        BackfillView backfill = report.backfill();
        switch (backfill.state()) {
            case HALTED ->
                    text.append("Halted: ")
                            .append(backfill.plan().options().haltAfter())
                            .append(" intervals failed in a row; the rest was not started.\n");
            case CANCELLED ->
                    text.append("Cancelled: ")
                            .append(backfill.status().reason())
                            .append("; what ran was stopped, the rest was not started.\n");
            case RUNNING, PAUSED, COMPLETED, COMPLETED_WITH_FAILURES, TAKEN_UP -> {}
        }
        if (!report.allSucceeded()) {
            text.append("Mend the cause, then: tidemark backfills rerun ")
                    .append(backfill.number())
                    .append(", or the same command again. What succeeded is not run again.\n");
        }
    }

    /** One line: how many intervals became what, and how long it took. */
    private String summary() {
        Map<RunState, Integer> counts = report.counts();
        List<String> parts = new ArrayList<>();
        counts.forEach(
                (state, count) -> parts.add(Units.count(count) + " " + RunReport.word(state)));
        int missing = report.plan().items().size() - report.runs().size();
        if (missing > 0) {
            parts.add(Units.count(missing) + " not started");
        }
        BackfillView.Times times = report.backfill().times();
        return "Backfill "
                + report.backfill().number()
                + ": of "
                + Units.count(report.plan().items().size())
                + " intervals "
                + String.join(", ", parts)
                + times.ended()
                        .map(end -> Units.duration(Duration.between(times.created(), end)))
                        .map(took -> "; it took " + took)
                        .orElse("")
                + ".\n";
    }

    private Counted counted(RunReport.Entry entry) {
        return new Counted(entry, store.taskCounts(entry.run().number()));
    }

    private List<Cell> row(Counted counted) {
        RunReport.Entry entry = counted.entry();
        RunView run = entry.run();
        return List.of(
                Cell.of(label(run)),
                new Cell(RunReport.word(run.state()), tone(run.state())),
                Cell.of(Units.count(counted.attempts())),
                Cell.of(Units.count(entry.read())),
                Cell.of(Units.count(entry.accepted())),
                Cell.of(Units.count(entry.rejected())),
                Cell.of(published(entry.manifests())),
                Cell.of(duration(run.times())));
    }

    private String label(RunView run) {
        return Labels.of(timetable, run.identity().interval());
    }

    static Tone tone(RunState state) {
        return switch (state) {
            case SUCCEEDED -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case CANCELLED -> Tone.WARNING;
            case QUEUED, RUNNING -> Tone.PLAIN;
        };
    }

    /** The versions that readers now see: {@code landing v2, delays_by_route v1}. */
    private static String published(List<ManifestView> manifests) {
        return manifests.stream()
                .map(
                        manifest ->
                                manifest.asset().substring(manifest.asset().lastIndexOf('/') + 1)
                                        + " v"
                                        + manifest.evidence().receipt().version())
                .collect(Collectors.joining(", "));
    }

    static String duration(RunView.Times times) {
        if (times.started().isEmpty() || times.ended().isEmpty()) {
            return "";
        }
        Instant started = times.started().get();
        return Units.duration(Duration.between(started, times.ended().get()));
    }

    private void failures(Counted counted, StringBuilder text) {
        if (counted.failed() == 0) {
            return;
        }
        RunView run = counted.entry().run();
        TaskFilter failed = TaskFilter.ALL.state(TaskState.FAILED).limit(MOST_FAILURES);
        for (TaskView task : store.tasks(run.number(), failed)) {
            text.append(task.task().label())
                    .append(" of ")
                    .append(label(run))
                    .append(" failed: ")
                    .append(task.message())
                    .append("\n  log: ")
                    .append(
                            home.log(
                                    run.pipeline(),
                                    run.name(),
                                    task.task().label(),
                                    task.tally().started()))
                    .append('\n');
        }
        if (counted.failed() > MOST_FAILURES) {
            text.append(Units.count(counted.failed() - MOST_FAILURES))
                    .append(" more of ")
                    .append(label(run))
                    .append(" failed: tidemark tasks list ")
                    .append(run.name())
                    .append(" --state=failed lists them all.\n");
        }
    }
}
