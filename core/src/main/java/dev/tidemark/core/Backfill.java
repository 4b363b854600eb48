package dev.tidemark.core;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A backfill under way. Changed only by folding a {@link Change}; owned by the thread that owns the
 * {@link State}.
 */
public final class Backfill {
    private final long number;
    private final BackfillPlan plan;
    private final Set<Long> active = new HashSet<>();
    private BackfillState state = BackfillState.RUNNING;
    private int next;
    private int failed;
    private int failedInARow;

    Backfill(long number, BackfillPlan plan) {
        this.number = number;
        this.plan = plan;
    }

    public long number() {
        return number;
    }

    public BackfillPlan plan() {
        return plan;
    }

    public BackfillState state() {
        return state;
    }

    /** How many of its runs are under way. */
    public int active() {
        return active.size();
    }

    int failed() {
        return failed;
    }

    boolean isHalted() {
        return failedInARow >= plan.options().haltAfter();
    }

    boolean hasRoom() {
        return active.size() < plan.options().maxActive();
    }

    /** The interval to be started next. */
    public Optional<BackfillPlan.Item> next() {
        return next < plan.items().size() ? Optional.of(plan.items().get(next)) : Optional.empty();
    }

    void started(long run) {
        active.add(run);
        next++;
    }

    void passedOver() {
        next++;
    }

    void ended(long run, RunState how) {
        if (!active.remove(run)) {
            return;
        }
        if (how == RunState.SUCCEEDED) {
            failedInARow = 0;
        } else {
            failed++;
            failedInARow++;
        }
    }

    void end(BackfillState how) {
        state = how;
    }
}
