package dev.tidemark.simulation;

import dev.tidemark.core.Change;
import java.util.HashSet;
import java.util.Set;

/** There is at most one run for each pipeline, parameters and interval; numbers only grow. */
final class OneRunPerInterval extends Invariant {
    private final Set<Object> seen = new HashSet<>();
    private long lastRun;
    private long lastBackfill;

    private record Covers(String pipeline, Object parameters, Object interval) {}

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.RunCreated it) {
            check(it.run() > lastRun, it, "comes after run", lastRun);
            lastRun = it.run();
            Covers covers =
                    new Covers(
                            it.identity().pipeline(),
                            it.identity().parameters(),
                            it.identity().interval());
            check(seen.add(covers), it, "covers what another run covers");
            check(
                    seen.add(it.identity().pipeline() + " " + it.identity().name()),
                    it,
                    "has the name of another run");
        } else if (change instanceof Change.BackfillCreated it) {
            check(it.backfill() > lastBackfill, it, "comes after backfill", lastBackfill);
            lastBackfill = it.backfill();
        }
    }
}
