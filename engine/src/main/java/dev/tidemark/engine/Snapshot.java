package dev.tidemark.engine;

import dev.tidemark.core.RunState;
import dev.tidemark.core.State;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The state as an engine that became the owner of a store now would have it; to look at only. */
public final class Snapshot {
    private Snapshot() {}

    /** All that is under way. How many slots the engine has is not known, so none is missing. */
    public static State of(StoreReader store, Instant now) {
        return loaded(store, List.of(), now).state();
    }

    /** The same, and one run, whether it is under way or not. */
    public static State of(StoreReader store, RunView run, Instant now) {
        List<BackfillView> unfinished = store.unfinishedBackfills(run.pipeline());
        Loading loading =
                loaded(store, unfinished.stream().map(BackfillView::number).toList(), now);
        if (store.schedule(run.pipeline()).isPresent()) {
            loading.schedules(List.of(run.pipeline()));
        }
        loading.run(run.number());
        return loading.state();
    }

    private static Loading loaded(StoreReader store, List<Long> more, Instant now) {
        State state = new State(Integer.MAX_VALUE, store.lastNumbers());
        Loading loading = new Loading(state, store);
        Set<Long> backfills = new TreeSet<>(more);
        RunFilter underWay = RunFilter.ALL.state(RunState.RUNNING).limit(RunFilter.MAX_LIMIT_RUNS);
        Set<String> scheduled = new TreeSet<>();
        for (RunView run : store.runs(underWay)) {
            backfills.add(run.status().backfill());
            if (run.status().backfill() == 0) {
                scheduled.add(run.pipeline());
            }
        }
        loading.pools(now);
        loading.unfinished(unfinished(store, backfills));
        // What is under way without a backfill, a schedule has begun; where none was ever enabled,
        // the runs wait for somebody to ask for them.
        scheduled.removeIf(pipeline -> store.schedule(pipeline).isEmpty());
        loading.schedules(scheduled);
        return loading;
    }

    private static List<Long> unfinished(StoreReader store, Set<Long> backfills) {
        List<Long> unfinished = new ArrayList<>();
        for (long number : backfills) {
            store.backfill(number)
                    .filter(backfill -> !backfill.state().isFinal())
                    .ifPresent(backfill -> unfinished.add(backfill.number()));
        }
        return unfinished;
    }
}
