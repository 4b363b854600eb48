package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import org.jspecify.annotations.Nullable;

/** A change that does not fit what is kept: the state in memory is not the state in the store. */
final class Disagreement {
    private Disagreement() {}

    static TidemarkException about(Change change) {
        return about(change, null);
    }

    static TidemarkException about(Change change, @Nullable Throwable cause) {
        return new TidemarkException(
                ErrorCode.STORE_FAILED,
                "the store disagrees about "
                        + row(change)
                        + ", which is not as "
                        + change.getClass().getSimpleName()
                        + " expects it; nothing of this turn was kept. Does another process write"
                        + " to the same store? Start again: the state is read anew",
                cause);
    }

    /** The row that the change is about. */
    private static String row(Change change) {
        return switch (change) {
            case Change.PipelineRegistered it ->
                    "version " + it.version() + " of pipeline " + it.definition().name();
            case Change.TasksVerified it ->
                    "version " + it.version() + " of pipeline " + it.pipeline();
            case Change.RunCreated it -> "run " + it.run() + " (" + it.identity().name() + ")";
            case Change.RunMoved it -> "run " + it.run();
            case Change.RunReopened it -> "run " + it.run();
            case Change.TaskExpanded it -> "task " + it.task() + " of run " + it.run();
            case Change.TaskMoved it -> row(it.task());
            case Change.TaskCleared it -> row(it.task());
            case Change.AttemptStarted it -> row(it.task()) + ", token " + it.token();
            case Change.AttemptEnded it -> row(it.task()) + ", token " + it.token();
            case Change.LateResult it -> row(it.task()) + ", token " + it.token();
            case Change.BackfillCreated it -> "backfill " + it.backfill();
            case Change.IntervalSkipped it -> "backfill " + it.backfill();
            case Change.OfSchedule it -> schedule(it.pipeline());
            case Change.OfWatermark it -> "watermark " + it.watermark();
            case Change.AlertRaised it -> schedule(it.alert().pipeline());
            case Change.PoolSet it -> "pool " + it.limit().pool();
            case Change.PoolRemoved it -> "pool " + it.pool();
            case Change.StartCounted it -> "pool " + it.pool().label() + ", token " + it.token();
            case Change.CommandAnswered it -> "command " + it.key();
            case Change.BackfillMoved it -> "backfill " + it.backfill();
            case Change.BackfillEnded it -> "backfill " + it.backfill();
        };
    }

    private static String schedule(String pipeline) {
        return "the schedule of pipeline " + pipeline;
    }

    private static String row(TaskKey key) {
        return "task " + key.label() + " of run " + key.run();
    }
}
