package dev.tidemark.simulation;

import dev.tidemark.TaskDefinition;
import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where a run is taken up for another try, all runs again that is below what runs again. */
final class RerunsReachDown extends Invariant {
    private final Ledger ledger;

    RerunsReachDown(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    void after(Committed commit) {
        for (Change change : commit.changes()) {
            if (change instanceof Change.RunReopened it && it.backfill() > 0) {
                reopened(it, commit);
            }
        }
    }

    private void reopened(Change.RunReopened it, Committed commit) {
        Set<String> cleared = new TreeSet<>();
        List<Change> rest = commit.changes();
        for (Change change : rest.subList(rest.indexOf(it) + 1, rest.size())) {
            if (change instanceof Change.TaskCleared(TaskKey key) && key.run() == it.run()) {
                cleared.add(key.task());
            } else {
                break; // What somebody clears in the same turn is another matter.
            }
        }
        for (TaskDefinition task : ledger.run(it.run()).definition.tasks()) {
            boolean below = task.edges().upstreams().stream().anyMatch(cleared::contains);
            check(
                    !below || cleared.contains(task.name()),
                    it,
                    "leaves",
                    task.name(),
                    ", not",
                    cleared);
        }
    }
}
