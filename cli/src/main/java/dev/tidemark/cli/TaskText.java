package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.store.TaskCounts;
import dev.tidemark.store.TaskView;
import java.util.List;
import java.util.stream.Collectors;

/** The tasks of a run as people read them: a line an instance, or a line a task. */
final class TaskText {
    private TaskText() {}

    static String instances(List<TaskView> tasks) {
        return new Table(
                        List.of(
                                Column.text("TASK"),
                                Column.text("STATE"),
                                Column.number("ATTEMPTS"),
                                Column.number("LOST"),
                                Column.text("MESSAGE")),
                        tasks.stream().map(TaskText::row).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(TaskView task) {
        return List.of(
                Cell.of(task.task().label()),
                Cell.of(RunReport.word(task.state())),
                Cell.of(Units.count(task.tally().attempts())),
                Cell.of(Units.count(task.tally().losses())),
                Cell.of(task.message()));
    }

    static String counts(List<TaskCounts> tasks) {
        return new Table(
                        List.of(
                                Column.text("TASK"),
                                Column.number("INSTANCES"),
                                Column.number("ATTEMPTS"),
                                Column.number("LOST"),
                                Column.text("STATES")),
                        tasks.stream().map(TaskText::row).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(TaskCounts task) {
        return List.of(
                Cell.of(task.task()),
                Cell.of(Units.count(task.instances())),
                Cell.of(Units.count(task.tally().attempts())),
                Cell.of(Units.count(task.tally().losses())),
                Cell.of(states(task)));
    }

    /** {@code 24,990 succeeded, 10 failed}. */
    private static String states(TaskCounts task) {
        return task.states().entrySet().stream()
                .map(state -> Units.count(state.getValue()) + " " + RunReport.word(state.getKey()))
                .collect(Collectors.joining(", "));
    }
}
