package dev.tidemark.core;

import dev.tidemark.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows from the end of an attempt that held its token. */
final class AttemptDecisions {
    private AttemptDecisions() {}

    static Decision ended(Run run, Event.AttemptReported report, Instant now) {
        return switch (report.outcome()) {
            case Outcome.Succeeded _ -> finished(run, report, TaskState.SUCCEEDED, now);
            case Outcome.Skipped _ -> finished(run, report, TaskState.SKIPPED, now);
            case Outcome.Failed failed -> failed(run, report, failed, now);
            case Outcome.Lost lost -> lost(run, report, lost, now);
            case Outcome.Stopped _ -> finished(run, report, TaskState.CANCELLED, now);
        };
    }

    private static Decision failed(
            Run run, Event.AttemptReported report, Outcome.Failed failed, Instant now) {
        TaskDefinition task = run.definition(report.task());
        Optional<Duration> pause =
                RetryRule.pause(
                        task.policy().retry(),
                        failed.errorClass(),
                        run.instance(report.task()).retriesUsed(),
                        failed.retryAfter(),
                        report.token());
        return pause.map(length -> retried(report, now.plus(length)))
                .orElseGet(() -> finished(run, report, TaskState.FAILED, now));
    }

    private static Decision lost(
            Run run, Event.AttemptReported report, Outcome.Lost lost, Instant now) {
        int losses = run.instance(report.task()).lossesOfTry() + (lost.charged() ? 1 : 0);
        return losses > RetryRule.MAX_LOSSES
                ? finished(run, report, TaskState.FAILED, now)
                : retried(report, now);
    }

    private static Decision retried(Event.AttemptReported report, Instant due) {
        return new Decision.Draft()
                .change(
                        new Change.AttemptEnded(
                                report.task(),
                                report.token(),
                                TaskState.RETRYING,
                                report.outcome(),
                                due))
                .effect(new Effect.SetTimer(due, new Event.RetryDue(report.task())))
                .next(new Event.SlotPerhapsFree())
                .done();
    }

    private static Decision finished(
            Run run, Event.AttemptReported report, TaskState to, Instant now) {
        Decision.Draft draft =
                new Decision.Draft()
                        .change(
                                new Change.AttemptEnded(
                                        report.task(), report.token(), to, report.outcome(), now));
        TaskDecisions.consequences(draft, run, report.task().task());
        return draft.next(new Event.SlotPerhapsFree()).done();
    }
}
