package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Tone;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.Timetable;
import dev.tidemark.engine.Home;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskCounts;
import dev.tidemark.store.TaskFilter;
import dev.tidemark.store.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A report as people read it: a line an interval, then what went wrong and what to do. */
record ReportText(
        RunReport report, StoreReader store, Timetable timetable, Home home, Terminal terminal) {
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

    String text(BackfillPlan plan, BackfillState end) {
        List<Counted> runs =
                report.entries().stream()
                        .map(entry -> new Counted(entry, store.taskCounts(entry.run().number())))
                        .toList();
        StringBuilder text = new StringBuilder();
        text.append(new Table(COLUMNS, runs.stream().map(this::row).toList()).render(terminal));
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
        runs.forEach(run -> failures(run, text));
        if (end == BackfillState.HALTED) {
            text.append("Halted: ")
                    .append(plan.options().haltAfter())
                    .append(" intervals failed in a row; the rest was not started.\n");
        }
        if (!report.allSucceeded(plan)) {
            text.append("Mend the cause and give the same command again: ")
                    .append("what succeeded is not run again.\n");
        }
        return text.toString();
    }

    private List<Cell> row(Counted counted) {
        RunReport.Entry entry = counted.entry();
        RunView run = entry.run();
        return List.of(
                Cell.of(Labels.interval(timetable, run)),
                new Cell(RunReport.word(run.state()), tone(run.state())),
                Cell.of(Units.count(counted.attempts())),
                Cell.of(Units.count(entry.read())),
                Cell.of(Units.count(entry.accepted())),
                Cell.of(Units.count(entry.rejected())),
                Cell.of(published(entry.manifests())),
                Cell.of(duration(run.times())));
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
                    .append(Labels.interval(timetable, run))
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
                    .append(Labels.interval(timetable, run))
                    .append(" failed: tidemark tasks list ")
                    .append(run.name())
                    .append(" --state=failed lists them all.\n");
        }
    }
}
