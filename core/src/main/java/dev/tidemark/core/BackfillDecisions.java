package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Starts the runs of backfills, no more of them at once than may be. */
final class BackfillDecisions {
    private BackfillDecisions() {}

    static Decision requested(State state, Event.BackfillRequested event) {
        if (state.loadedDefinition(event.plan().pipeline()).isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "the code of pipeline "
                            + event.plan().pipeline()
                            + " is not loaded; load it before asking for its intervals");
        }
        long number = state.nextBackfill();
        Decision.Draft draft = new Decision.Draft();
        if (event.replaces() > 0) {
            draft.change(
                    new Change.BackfillEnded(
                            event.replaces(),
                            BackfillState.TAKEN_UP,
                            "interrupted; taken up by backfill " + number));
        }
        BackfillPlan plan =
                UnknownEffects.accepted(
                        state.latest(event.plan().pipeline()).definition(),
                        event.plan().without(inFlight(state, event)));
        draft.change(new Change.BackfillCreated(number, plan));
        WatermarkDecisions.planned(draft, state, number, plan);
        return draft.next(new Event.BackfillPerhapsNext(number)).done();
    }

    /** The intervals that other backfills of the same are about to run, or are running. */
    private static Set<Interval> inFlight(State state, Event.BackfillRequested event) {
        Set<Interval> intervals = new HashSet<>();
        for (Backfill other : state.backfills()) {
            if (other.number() != event.replaces() && other.plan().isOfSame(event.plan())) {
                if (!other.isHalted()) {
                    other.left().forEach(item -> intervals.add(item.interval()));
                }
                for (long run : other.activeRuns()) {
                    state.run(run).ifPresent(it -> intervals.add(it.identity().interval()));
                }
            }
        }
        return intervals;
    }

    /** Starts the next interval where there is room, or ends the backfill where none is left. */
    static Decision next(State state, long number, Instant now) {
        return state.backfill(number)
                .map(
                        backfill -> {
                            if (backfill.isHalted() || backfill.isExhausted()) {
                                return perhapsEnd(backfill);
                            }
                            return backfill.next()
                                    .map(item -> begin(state, backfill, item, now))
                                    .orElse(Decision.NOTHING);
                        })
                .orElse(Decision.NOTHING);
    }

    private static Decision perhapsEnd(Backfill backfill) {
        if (backfill.active() > 0) {
            return Decision.NOTHING;
        }
        BackfillState end;
        String reason = "";
        if (backfill.failed() == 0) {
            end = BackfillState.COMPLETED;
        } else if (!backfill.isExhausted()) {
            end = BackfillState.HALTED;
            reason = backfill.plan().options().haltAfter() + " intervals failed in a row";
        } else {
            end = BackfillState.COMPLETED_WITH_FAILURES;
            reason = backfill.failed() + " intervals failed";
        }
        return new Decision.Draft()
                .change(new Change.BackfillEnded(backfill.number(), end, reason))
                .done();
    }

    private static Decision begin(
            State state, Backfill backfill, BackfillPlan.Item planned, Instant now) {
        Decision.Draft draft = new Decision.Draft();
        BackfillPlan.Item item = inViewOfOthers(state, backfill, planned);
        switch (item.action()) {
            case SKIP -> skip(draft, backfill, item, item.reason());
            case CREATE -> create(draft, state, backfill, item, now);
            case CONTINUE, RERUN_FAILED, RERUN_ALL -> {
                Run run = state.run(item.run()).orElse(null);
                if (run == null) {
                    skip(draft, backfill, item, "its run is not there any more");
                } else if (state.isUnderWay(run)) {
                    skip(draft, backfill, item, "in flight");
                } else {
                    Recovery.takeUp(draft, state, backfill.number(), item.action(), run, now);
                    draft.next(new Event.SchedulePerhapsNext(run.identity().pipeline()));
                }
            }
        }
        return draft.next(new Event.BackfillPerhapsNext(backfill.number())).done();
    }

    /** Who owned the store in between may have run the interval for somebody else. */
    private static BackfillPlan.Item inViewOfOthers(
            State state, Backfill backfill, BackfillPlan.Item item) {
        if (item.action() != BackfillPlan.Action.CREATE) {
            return item;
        }
        return state.covering(backfill.plan(), item.interval())
                .map(
                        run ->
                                new BackfillPlan.Existing(
                                        run.number(),
                                        run.identity().name(),
                                        run.state(),
                                        run.backfill()))
                .map(found -> item.createdSince(found, backfill.plan().options().reprocess()))
                .orElse(item);
    }

    private static void skip(
            Decision.Draft draft, Backfill backfill, BackfillPlan.Item item, String reason) {
        draft.change(new Change.IntervalSkipped(backfill.number(), item.interval(), reason));
    }

    private static void create(
            Decision.Draft draft,
            State state,
            Backfill backfill,
            BackfillPlan.Item item,
            Instant now) {
        long run = state.nextRun();
        Graph graph = state.latest(backfill.plan().pipeline());
        RunIdentity identity =
                new RunIdentity(
                        backfill.plan().pipeline(),
                        item.runName(),
                        item.interval(),
                        backfill.plan().parameters());
        draft.change(new Change.RunCreated(run, identity, graph.version(), backfill.number()));
        RunDecisions.start(draft, run, 1, graph, now);
    }
}
