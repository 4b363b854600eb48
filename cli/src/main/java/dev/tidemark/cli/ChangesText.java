package dev.tidemark.cli;

import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a command would change of a run, a line each. */
final class ChangesText {
    private ChangesText() {}

    static String of(String run, List<Change> changes) {
        StringBuilder text =
                new StringBuilder("Would change in " + run + "; nothing was changed:\n");
        changes.stream()
                .map(ChangesText::line)
                .filter(Objects::nonNull)
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private static @Nullable String line(Change change) {
        return switch (change) {
            case Change.RunMoved it ->
                    "the run: " + RunReport.word(it.from()) + " → " + RunReport.word(it.to());
            case Change.RunReopened it -> "the run: try " + it.tryNumber() + " begins";
            case Change.TaskExpanded it -> it.task() + ": " + it.elements() + " elements";
            case Change.TaskMoved it ->
                    it.task().label()
                            + ": "
                            + RunReport.word(it.from())
                            + " → "
                            + RunReport.word(it.to())
                            + (it.reason().isEmpty() ? "" : ", " + it.reason());
            case Change.TaskCleared it -> cleared(it.task());
            case Change.AttemptStarted it -> it.task().label() + ": starts";
            case Change.AttemptEnded it ->
                    it.task().label()
                            + ": running → "
                            + RunReport.word(it.to())
                            + ", its attempt is stopped";
            // All else is about other things than this run.
            case Change.PipelineRegistered _,
                    Change.TasksVerified _,
                    Change.RunCreated _,
                    Change.LateResult _,
                    Change.BackfillCreated _,
                    Change.IntervalSkipped _,
                    Change.BackfillMoved _,
                    Change.BackfillEnded _,
                    Change.PoolSet _,
                    Change.PoolRemoved _,
                    Change.StartCounted _,
                    Change.OfSchedule _,
                    Change.OfWatermark _,
                    Change.AlertRaised _,
                    Change.CommandAnswered _ ->
                    null;
        };
    }

    private static String cleared(TaskKey task) {
        return task.label() + ": → waiting";
    }
}
