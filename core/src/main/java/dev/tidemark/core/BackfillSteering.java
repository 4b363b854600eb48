package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Pauses backfills, resumes them, and gives them up. What is so already is not refused. */
final class BackfillSteering {
    private BackfillSteering() {}

    static Decision steered(State state, Event.BackfillSteered event, Instant now) {
        BackfillState from =
                state.backfill(event.backfill()).map(Backfill::state).orElse(event.kept());
        if (from == goal(event.steering())) {
            return Decision.NOTHING;
        }
        if (from.isFinal()) {
            throw refused(event, from);
        }
        Decision.Draft draft = new Decision.Draft();
        if (event.steering() == Steering.CANCEL) {
            cancel(draft, state, event, now);
        } else {
            draft.change(new Change.BackfillMoved(event.backfill(), from, goal(event.steering())));
        }
        return draft.next(new Event.BackfillPerhapsNext(event.backfill())).done();
    }

    private static BackfillState goal(Steering steering) {
        return switch (steering) {
            case PAUSE -> BackfillState.PAUSED;
            case RESUME -> BackfillState.RUNNING;
            case CANCEL -> BackfillState.CANCELLED;
        };
    }

    private static void cancel(
            Decision.Draft draft, State state, Event.BackfillSteered event, Instant now) {
        List<Long> active =
                state.backfill(event.backfill())
                        .map(backfill -> List.copyOf(backfill.activeRuns()))
                        .orElse(List.of());
        for (long run : active) {
            RunDecisions.cancel(draft, state.run(run).orElseThrow(), event.reason(), now);
        }
        draft.change(
                        new Change.BackfillEnded(
                                event.backfill(), BackfillState.CANCELLED, event.reason()))
                .next(new Event.SlotPerhapsFree());
    }

    private static TidemarkException refused(Event.BackfillSteered event, BackfillState from) {
        return new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "backfill "
                        + event.backfill()
                        + " has ended: "
                        + from.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + ". What it left can be run with: tidemark backfills rerun "
                        + event.backfill());
    }
}
