package dev.tidemark.core;

import dev.tidemark.ErrorClass;
import java.time.Instant;
import java.util.Optional;

/**
 * Says what happens next. A pure function: the same state, event and time give the same decision.
 */
public final class Decider {
    private Decider() {}

    /**
     * Decides about one event.
     *
     * @param state what is so; it is looked at, not changed
     * @param now the time of the turn
     */
    public static Decision decide(State state, Event event, Instant now) {
        return switch (event) {
            case Event.PipelineLoaded it -> registered(state, it);
            case Event.TasksShown it ->
                    new Decision.Draft()
                            .change(
                                    new Change.TasksVerified(
                                            it.pipeline(), it.version(), it.tasks()))
                            .done();
            case Event.BackfillRequested it -> BackfillDecisions.requested(state, it);
            case Event.BackfillSteered it -> BackfillSteering.steered(state, it, now);
            case Event.BackfillResumed it -> Recovery.resumed(state, it, now);
            case Event.CommandHandled it ->
                    new Decision.Draft()
                            .change(new Change.CommandAnswered(it.key(), it.answer()))
                            .done();
            case Event.BackfillPerhapsNext it -> BackfillDecisions.next(state, it.backfill(), now);
            case Event.ScheduleTakenUp it -> Recovery.takenUp(state, it, now);
            case Event.SchedulePerhapsNext it -> ScheduleDecisions.next(state, it.pipeline(), now);
            case Event.PauseRequested it -> ScheduleDecisions.pause(state, it);
            case Event.ResumeRequested it -> ScheduleDecisions.resume(state, it);
            case Event.RunPerhapsOverdue it -> RunDecisions.perhapsOverdue(state, it, now);
            case Event.CancelRequested it -> RunDecisions.cancel(state, it, now);
            case Event.ClearRequested it -> RunDecisions.clear(state, it, now);
            case Event.MarkRequested it -> MarkDecisions.mark(state, it, now);
            case Event.RunPerhapsDone it -> RunDecisions.perhapsDone(state, it.run());
            case Event.AttemptReported it -> reported(state, it, now);
            case Event.AttemptTimedOut it -> timedOut(state, it, now);
            case Event.RetryDue it -> TaskDecisions.retry(state, it.task(), now);
            case Event.Reconsider it -> TaskDecisions.reconsider(state, it, now);
            case Event.WatermarkSetRequested it -> WatermarkDecisions.set(state, it);
            case Event.PoolSetRequested it -> PoolDecisions.set(state, it.limit());
            case Event.PoolRemovalRequested it -> PoolDecisions.remove(state, it.pool());
            case Event.RatePerhapsAllows it -> PoolDecisions.rate(state, it.pool(), now);
            case Event.SlotPerhapsFree _ -> TaskDecisions.fillSlots(state, now);
        };
    }

    private static Decision registered(State state, Event.PipelineLoaded loaded) {
        if (state.isLoaded(loaded.definition().name(), loaded.version())) {
            return Decision.NOTHING;
        }
        return new Decision.Draft()
                .change(new Change.PipelineRegistered(loaded.version(), loaded.definition()))
                .done();
    }

    private static Decision reported(State state, Event.AttemptReported report, Instant now) {
        return holder(state, report.task(), report.token())
                .map(run -> AttemptDecisions.ended(run, report, now))
                .orElseGet(
                        () ->
                                new Decision.Draft()
                                        .change(
                                                new Change.LateResult(
                                                        report.task(),
                                                        report.token(),
                                                        report.outcome()))
                                        .done());
    }

    private static Decision timedOut(State state, Event.AttemptTimedOut event, Instant now) {
        Optional<Run> holder = holder(state, event.task(), event.token());
        if (holder.isEmpty()) {
            return Decision.NOTHING;
        }
        Run run = holder.get();
        String message = "timed out after " + run.definition(event.task()).policy().timeout();
        Outcome outcome = new Outcome.Failed(ErrorClass.TRANSIENT, message, Optional.empty());
        Decision ended =
                AttemptDecisions.ended(
                        run, new Event.AttemptReported(event.task(), event.token(), outcome), now);
        return new Decision.Draft()
                .all(ended)
                .effect(new Effect.StopAttempt(event.task(), event.token(), message))
                .done();
    }

    /** The run whose instance still runs under this token. */
    private static Optional<Run> holder(State state, TaskKey key, long token) {
        return state.run(key.run())
                .filter(run -> run.has(key))
                .filter(run -> run.instance(key).holds(token));
    }
}
