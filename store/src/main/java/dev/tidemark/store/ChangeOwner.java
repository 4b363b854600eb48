package dev.tidemark.store;

import dev.tidemark.core.Answer;
import dev.tidemark.core.Change;

/**
 * Whose history a change belongs to: that of a run, of a backfill, or of none of them. A run that
 * comes to a backfill belongs to both; it is told in the history of the run.
 *
 * @param run 0 for none
 * @param backfill 0 for none
 */
record ChangeOwner(long run, long backfill) {
    private static final ChangeOwner NOBODY = new ChangeOwner(0, 0);

    static ChangeOwner of(Change change) {
        return switch (change) {
            case Change.PipelineRegistered _, Change.TasksVerified _ -> NOBODY;
            case Change.RunCreated it -> new ChangeOwner(it.run(), it.backfill());
            case Change.RunMoved it -> run(it.run());
            case Change.RunReopened it -> new ChangeOwner(it.run(), it.backfill());
            case Change.TaskExpanded it -> run(it.run());
            case Change.TaskMoved it -> run(it.task().run());
            case Change.TaskCleared it -> run(it.task().run());
            case Change.AttemptStarted it -> run(it.task().run());
            case Change.AttemptEnded it -> run(it.task().run());
            case Change.LateResult it -> run(it.task().run());
            case Change.BackfillCreated it -> backfill(it.backfill());
            case Change.IntervalSkipped it -> backfill(it.backfill());
            case Change.BackfillMoved it -> backfill(it.backfill());
            case Change.BackfillEnded it -> backfill(it.backfill());
            case Change.OfSchedule _, Change.OfWatermark _ -> NOBODY;
            case Change.AlertRaised it -> run(it.alert().run());
            case Change.PoolSet _, Change.PoolRemoved _, Change.StartCounted _ -> NOBODY;
            case Change.CommandAnswered it ->
                    it.answer() instanceof Answer.Accepted accepted
                            ? backfill(accepted.backfill())
                            : NOBODY;
        };
    }

    private static ChangeOwner run(long run) {
        return new ChangeOwner(run, 0);
    }

    private static ChangeOwner backfill(long backfill) {
        return new ChangeOwner(0, backfill);
    }
}
