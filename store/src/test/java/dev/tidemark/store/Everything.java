package dev.tidemark.store;

import dev.tidemark.core.State;
import java.util.ArrayList;
import java.util.List;

/** All that a store shows, to compare it with what it showed before, or with another store. */
record Everything(
        State.Numbers numbers,
        List<RunView> runs,
        List<Object> tasks,
        List<BackfillView> backfills,
        List<Recorded> history) {
    static Everything in(StoreReader store) {
        List<RunView> runs = store.runs(RunFilter.ALL.limit(RunFilter.MAX_LIMIT_RUNS));
        List<Object> tasks = new ArrayList<>();
        List<Recorded> history = new ArrayList<>();
        for (RunView run : runs) {
            List<TaskView> views = store.tasks(run.number());
            tasks.addAll(views);
            tasks.addAll(store.taskCounts(run.number()));
            views.stream()
                    .map(view -> view.task().task())
                    .distinct()
                    .forEach(task -> tasks.addAll(store.attempts(run.number(), task)));
            tasks.addAll(store.manifests(run.number()));
            history.addAll(store.history(run.number()));
        }
        List<BackfillView> backfills = new ArrayList<>();
        for (long number = 1; number <= store.lastNumbers().backfill(); number++) {
            store.backfill(number).ifPresent(backfills::add);
            tasks.add(store.backfillInShort(number));
            tasks.add(store.skippedIntervals(number, RunFilter.MAX_LIMIT_RUNS));
            history.addAll(store.historyOfBackfill(number));
        }
        return new Everything(store.lastNumbers(), runs, tasks, backfills, history);
    }
}
