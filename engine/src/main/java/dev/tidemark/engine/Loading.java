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
import dev.tidemark.core.UnknownEffects;
import dev.tidemark.core.Watermarks;
import dev.tidemark.store.PipelineVersion;
import dev.tidemark.store.Recorded;
import dev.tidemark.store.Standing;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.WatermarkView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Makes state from the histories that the store keeps, as far as decisions look at it.
 *
 * @param resumed the backfills that an earlier owner has planned
 * @param broughtIn the runs that were looked at for the question that is being decided
 */
record Loading(State state, StoreReader store, Set<Long> resumed, Set<Long> broughtIn) {
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

    /**
     * Takes note of code that is at hand, of a pipeline's versions the latest last.
     *
     * @param register is given what is not registered yet
     */
    void code(List<Event.PipelineLoaded> code, Consumer<Event.PipelineLoaded> register) {
        watermarks(code.stream().map(it -> it.definition().name()).toList());
        Map<PipelineVersion, Set<String>> verified =
                store.registered(code.stream().map(Loading::version).toList());
        for (Event.PipelineLoaded each : code) {
            Set<String> tasks = verified.get(version(each));
            if (tasks != null) {
                state.recall(each.version(), UnknownEffects.verified(each.definition(), tasks));
                state.load(each.definition().name(), each.version());
            } else {
                register.accept(each);
            }
        }
    }

    private void watermarks(Collection<String> pipelines) {
        Map<String, Map<String, Watermarks.Kept>> kept = new HashMap<>();
        for (String pipeline : pipelines) {
            if (!state.watermarks().areKnown(pipeline)) {
                kept.put(pipeline, new HashMap<>());
            }
        }
        if (!kept.isEmpty()) {
            for (WatermarkView it : store.watermarks(kept.keySet())) {
                Objects.requireNonNull(kept.get(it.key().pipeline()))
                        .put(it.key().watermark(), it.kept());
            }
            kept.forEach(state.watermarks()::bringIn);
        }
    }

    private static PipelineVersion version(Event.PipelineLoaded code) {
        return new PipelineVersion(code.definition().name(), code.version());
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
            schedules(List.of(it.pipeline()));
        } else if (event instanceof Event.PauseRequested it) {
            schedule(it.pipeline());
        } else if (event instanceof Event.ResumeRequested it) {
            schedule(it.pipeline());
        } else if (event instanceof Event.MarkRequested mark) {
            run(mark.run());
        } else if (event instanceof Event.WatermarkSetRequested it) {
            watermarks(List.of(it.watermark().pipeline()));
        }
    }

    /** Loads schedules, and their runs that are under way: from now on this engine keeps them. */
    void schedules(Collection<String> pipelines) {
        List<String> others =
                pipelines.stream()
                        .filter(it -> state.schedule(it).filter(ScheduleState::isInForce).isEmpty())
                        .toList();
        if (others.isEmpty()) {
            return;
        }
        Map<String, Standing> standings = store.standings(others);
        List<Long> open = new ArrayList<>();
        for (String pipeline : others) {
            Standing standing = Objects.requireNonNull(standings.get(pipeline));
            bringIn(pipeline, standing);
            state.schedules().enforce(pipeline);
            open.addAll(standing.open());
        }
        runs(open);
    }

    private void schedule(String pipeline) {
        if (state.schedule(pipeline).isEmpty()) {
            Map<String, Standing> only = store.standings(List.of(pipeline));
            bringIn(pipeline, Objects.requireNonNull(only.get(pipeline)));
        }
    }

    private void bringIn(String pipeline, Standing it) {
        if (state.schedule(pipeline).isEmpty()) {
            state.schedules().bringIn(pipeline, it.kept(), it.ahead(), it.previous());
        }
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

    private void runs(Collection<Long> runs) {
        List<Long> others = runs.stream().filter(run -> state.run(run).isEmpty()).toList();
        if (!others.isEmpty()) {
            store.histories(others, recorded -> fold(recorded, state::bringIn));
            broughtIn.addAll(others);
        }
    }

    private void fold(Recorded recorded, BiConsumer<Change, Instant> fold) {
        Change change = recorded.change();
        if (change instanceof Change.RunCreated it) {
            recall(it.identity().pipeline(), it.version());
            watermarks(List.of(it.identity().pipeline()));
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
