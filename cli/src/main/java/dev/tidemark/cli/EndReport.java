package dev.tidemark.cli;

import dev.tidemark.Interval;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.RunState;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.StoreReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the intervals of a backfill.
 *
 * @param runs the runs that cover them now, by interval
 */
record EndReport(BackfillView backfill, Map<Interval, BackfillPlan.Existing> runs) {
    static EndReport of(BackfillView backfill, StoreReader store) {
        BackfillPlan plan = backfill.plan();
        List<Interval> intervals = plan.items().stream().map(BackfillPlan.Item::interval).toList();
        return new EndReport(
                backfill, store.findRuns(plan.pipeline(), plan.parameters(), intervals));
    }

    BackfillPlan plan() {
        return backfill.plan();
    }

    /** Whether all intervals asked for are done. */
    boolean allSucceeded() {
        return runs.size() == plan().items().size()
                && runs.values().stream().allMatch(run -> run.state() == RunState.SUCCEEDED);
    }

    /** How many of the intervals have a run in each state; a state without runs is missing. */
    Map<RunState, Integer> counts() {
        Map<RunState, Integer> counts = new EnumMap<>(RunState.class);
        runs.values().forEach(run -> counts.merge(run.state(), 1, Integer::sum));
        return counts;
    }

    /** The runs in a state, in the order of the plan. */
    List<BackfillPlan.Existing> in(RunState state) {
        return plan().items().stream()
                .map(BackfillPlan.Item::interval)
                .filter(runs::containsKey)
                .map(runs::get)
                .filter(run -> run.state() == state)
                .toList();
    }
}
