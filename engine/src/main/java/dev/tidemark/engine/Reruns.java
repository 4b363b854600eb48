package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Command;
import dev.tidemark.core.Event;
import dev.tidemark.core.Run;
import dev.tidemark.core.RunState;
import dev.tidemark.core.State;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Requests for what was run before. */
final class Reruns {
    private Reruns() {}

    /** What is left of a backfill that has ended, as a new one. */
    record OfBackfill(Command.RerunBackfill command) implements Question<Requested> {
        @Override
        public Reply<Requested> ask(State state, StoreReader store, Instant now) {
            BackfillPlan plan = plan(store, command);
            if (state.loadedDefinition(plan.pipeline()).isEmpty()) {
                throw Questions.unknown(plan.pipeline());
            }
            return new Reply<>(
                    List.of(new Event.BackfillRequested(plan, 0)),
                    new Requested(state.nextBackfill(), plan));
        }

        @Override
        public boolean looksAtStore() {
            return true;
        }
    }

    /** Plans, and changes nothing. */
    static BackfillPlan plan(StoreReader store, Command.RerunBackfill command) {
        long number = command.backfill();
        BackfillView backfill = store.backfill(number).orElseThrow(() -> noBackfill(number));
        refuseUnlessEnded(backfill);
        BackfillPlan plan = backfill.plan();
        List<Interval> intervals = plan.items().stream().map(BackfillPlan.Item::interval).toList();
        return plan.rerun(command, store.findRuns(plan.pipeline(), plan.parameters(), intervals));
    }

    private static void refuseUnlessEnded(BackfillView backfill) {
        if (!backfill.state().isFinal()) {
            throw refused(
                    "backfill "
                            + backfill.number()
                            + " has not ended; wait for its end, or give it up: tidemark backfills"
                            + " cancel "
                            + backfill.number());
        }
        if (backfill.state() == BackfillState.TAKEN_UP) {
            throw refused(
                    "backfill "
                            + backfill.number()
                            + " was "
                            + backfill.status().reason()
                            + "; rerun that one");
        }
    }

    /** Tasks of a run, cleared, and run at once. */
    record OfRun(Command.RerunRun command) implements Question<Requested> {
        @Override
        public Reply<Requested> ask(State state, StoreReader store, Instant now) {
            RunView run =
                    store.run(command.run())
                            .orElseThrow(() -> refused("there is no run " + command.run()));
            Event clear =
                    new Event.ClearRequested(
                            command.run(), command.tasks(), command.acceptUnknownEffects());
            BackfillPlan plan = plan(run, command.reason());
            if (isUnderWay(state)) {
                return new Reply<>(List.of(clear), new Requested(0, plan));
            }
            if (state.loadedDefinition(run.pipeline()).isEmpty()) {
                throw Questions.unknown(run.pipeline());
            }
            return new Reply<>(
                    List.of(clear, new Event.BackfillRequested(plan, 0)),
                    new Requested(state.nextBackfill(), plan));
        }

        private boolean isUnderWay(State state) {
            Optional<Run> run =
                    state.run(command.run()).filter(it -> it.state() == RunState.RUNNING);
            return run.flatMap(it -> state.backfill(it.backfill())).isPresent();
        }

        @Override
        public boolean looksAtStore() {
            return true;
        }
    }

    private static BackfillPlan plan(RunView run, String reason) {
        String link = "rerun of run " + run.number();
        return new BackfillPlan(
                run.pipeline(),
                run.identity().parameters(),
                new BackfillPlan.Options(
                                BackfillPlan.Reprocess.FAILED,
                                1,
                                BackfillPlan.Options.DEFAULT_HALT_AFTER)
                        .with(BackfillPlan.WatermarkUse.ADVANCE),
                List.of(
                        new BackfillPlan.Item(
                                run.identity().interval(),
                                run.name(),
                                run.number(),
                                BackfillPlan.Action.CONTINUE,
                                "")),
                reason.isEmpty() ? link : link + ": " + reason);
    }

    static TidemarkException noBackfill(long number) {
        return refused("there is no backfill " + number + "; backfills list shows those there are");
    }

    private static TidemarkException refused(String message) {
        return new TidemarkException(ErrorCode.INVALID_REQUEST, message);
    }
}
