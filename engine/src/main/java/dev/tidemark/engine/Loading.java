package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Backfill;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Event;
import dev.tidemark.core.Run;
import dev.tidemark.core.RunState;
import dev.tidemark.core.ScheduleState;
import dev.tidemark.core.State;
import dev.tidemark.store.Recorded;
import dev.tidemark.store.ScheduleView;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Makes state from the histories that the store keeps, as far as decisions look at it.
 *
 * @param resumed the backfills that an earlier owner has planned
 * @param broughtIn the runs that were looked at for the question that is being decided
 */
record Loading(State state, StoreReader store, Set<Long> resumed, Set<Long> broughtIn) {
    /** No interval starts later: years have four digits. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    Loading(State state, StoreReader store) {
        this(state, store, new HashSet<>(), new HashSet<>());
    }

    /** A question begins. */
    void begin() {
        broughtIn.clear();
    }

    /**
     * A question was refused, so nothing has changed: runs that were looked at for it are not at
     * hand any more. What they had running, when an earlier owner left them, holds no slots here.
     */
    void refused() {
        broughtIn.forEach(state::forget);
        broughtIn.clear();
    }

    /** Loads what is left of backfills: their runs that are under way, and how the others went. */
    void unfinished(Collection<Long> backfills) {
        resumed.addAll(backfills);
        store.replay(backfills, recorded -> fold(recorded, state::fold));
        for (Run run : List.copyOf(state.runs())) {
            if (run.state() != RunState.RUNNING || !backfills.contains(run.backfill())) {
                state.forget(run.number());
            }
        }
    }

    /** Loads the limits of pools, and the starts that still count towards their rates. */
    void pools(Instant now) {
        store.pools().forEach(pool -> state.fold(new Change.PoolSet(pool.limit()), pool.setAt()));
        store.countedStarts(now.minus(State.STARTS_REMEMBERED))
                .forEach(recorded -> state.fold(recorded.change(), recorded.at()));
    }

    /** Loads the run that a decision is going to look at, where it is not at hand. */
    void runOf(Event event) {
        if (event instanceof Event.BackfillPerhapsNext next) {
            state.backfill(next.backfill())
                    .flatMap(Backfill::next)
                    .ifPresent(item -> runOf(next.backfill(), item));
        } else if (event instanceof Event.CancelRequested cancel) {
            run(cancel.run());
        } else if (event instanceof Event.ClearRequested clear) {
            run(clear.run());
        } else if (event instanceof Event.ScheduleTakenUp it) {
            takeUp(it.pipeline());
        } else if (event instanceof Event.PauseRequested it) {
            schedule(it.pipeline());
        } else if (event instanceof Event.ResumeRequested it) {
            schedule(it.pipeline());
        } else if (event instanceof Event.MarkRequested mark) {
            run(mark.run());
        }
    }

    /** Loads schedules, and their runs that are under way: from now on this engine keeps them. */
    void schedules(Collection<String> pipelines) {
        pipelines.forEach(this::takeUp);
    }

    private void takeUp(String pipeline) {
        if (state.schedule(pipeline).filter(ScheduleState::isInForce).isPresent()) {
            return;
        }
        schedule(pipeline);
        state.schedules().enforce(pipeline);
        store.openRuns(pipeline).forEach(this::run);
    }

    private void schedule(String pipeline) {
        if (state.schedule(pipeline).isPresent()) {
            return;
        }
        ScheduleState.Kept kept =
                store.schedule(pipeline).map(ScheduleView::kept).orElse(ScheduleState.Kept.NOTHING);
        Instant open = kept.last().map(it -> it.start().plusNanos(1)).orElse(Instant.MIN);
        state.schedules()
                .bringIn(
                        pipeline,
                        kept,
                        store.runsStarting(pipeline, open, END_OF_TIME),
                        store.runBefore(pipeline, open)
                                .map(
                                        run ->
                                                new ScheduleState.Previous(
                                                        run.number(),
                                                        run.identity().interval(),
                                                        run.state())));
    }

    /** Between two owners another may have run what was planned before, and so may a schedule. */
    private void runOf(long backfill, BackfillPlan.Item item) {
        BackfillPlan plan = state.backfill(backfill).orElseThrow().plan();
        boolean shared = resumed.contains(backfill) || state.schedule(plan.pipeline()).isPresent();
        if (item.action() == BackfillPlan.Action.CREATE && shared) {
            store.findRuns(plan.pipeline(), plan.parameters(), List.of(item.interval()))
                    .values()
                    .forEach(found -> run(found.run()));
        } else if (item.action() != BackfillPlan.Action.SKIP) {
            run(item.run());
        }
    }

    void run(long run) {
        if (run != 0 && state.run(run).isEmpty()) {
            store.history(run).forEach(recorded -> fold(recorded, state::bringIn));
            broughtIn.add(run);
        }
    }

    private void fold(Recorded recorded, BiConsumer<Change, Instant> fold) {
        Change change = recorded.change();
        if (change instanceof Change.RunCreated it) {
            recall(it.identity().pipeline(), it.version());
        } else if (change instanceof Change.RunReopened it) {
            recall(state.run(it.run()).orElseThrow().identity().pipeline(), it.version());
        }
        fold.accept(change, recorded.at());
    }

    private void recall(String pipeline, String version) {
        if (!state.isKnown(pipeline, version)) {
            PipelineDefinition definition =
                    store.definition(pipeline, version)
                            .orElseThrow(
                                    () ->
                                            new TidemarkException(
                                                    ErrorCode.STORE_FAILED,
                                                    "the store has lost version "
                                                            + version
                                                            + " of pipeline "
                                                            + pipeline));
            state.recall(version, definition);
        }
    }
}
