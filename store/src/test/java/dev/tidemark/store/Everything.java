package dev.tidemark.store;

import dev.tidemark.core.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that a store shows, to compare it with what it showed before, or with another store. */
record Everything(
        State.Numbers numbers,
        List<RunView> runs,
        List<Object> tasks,
        List<BackfillView> backfills,
        List<Object> schedules,
        List<Recorded> history) {
    private static final int MOST_ALERTS = 1_000;
    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

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
        tasks.addAll(store.pools());
        history.addAll(store.countedStarts(Instant.EPOCH));
        List<BackfillView> backfills = new ArrayList<>();
        for (long number = 1; number <= store.lastNumbers().backfill(); number++) {
            store.backfill(number).ifPresent(backfills::add);
            tasks.add(store.backfillInShort(number));
            tasks.add(store.skippedIntervals(number, RunFilter.MAX_LIMIT_RUNS));
            history.addAll(store.historyOfBackfill(number));
        }
        List<Object> schedules = new ArrayList<>(store.alerts(Optional.empty(), MOST_ALERTS));
        List<String> scheduled = store.schedules().stream().map(ScheduleView::pipeline).toList();
        schedules.add(store.standings(scheduled));
        for (ScheduleView schedule : store.schedules()) {
            schedules.add(schedule);
            schedules.addAll(store.passed(schedule.pipeline(), Instant.MIN, FAR));
        }
        return new Everything(store.lastNumbers(), runs, tasks, backfills, schedules, history);
    }
}
