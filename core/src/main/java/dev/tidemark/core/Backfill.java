package dev.tidemark.core;

import java.util.HashSet;
import java.util.List;
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
    private boolean halted;

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

    /** Whether too many failed in a row. A run that succeeds later does not take that back. */
    boolean isHalted() {
        return halted;
    }

    private boolean hasRoom() {
        return active.size() < plan.options().maxActive();
    }

    Set<Long> activeRuns() {
        return active;
    }

    /** The intervals not started yet. */
    List<BackfillPlan.Item> left() {
        return plan.items().subList(next, plan.items().size());
    }

    /** Whether every interval was started or passed over. */
    boolean isExhausted() {
        return next == plan.items().size();
    }

    /**
     * The interval to be started now; empty where none is left, there is no room for it yet, or it
     * is paused. A run that is brought in earlier would hold slots with attempts that died long
     * ago.
     */
    public Optional<BackfillPlan.Item> next() {
        return state == BackfillState.PAUSED || isHalted() || isExhausted() || !hasRoom()
                ? Optional.empty()
                : Optional.of(plan.items().get(next));
    }

    /** A run that is taken up in the middle was counted when it started. */
    void started(long run) {
        if (active.add(run)) {
            next++;
        }
    }

    void passedOver() {
        next++;
    }

    /** Another backfill, or nobody, goes on with the run; how it ends is no longer counted here. */
    void handedOver(long run) {
        active.remove(run);
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
            halted |= failedInARow >= plan.options().haltAfter();
        }
    }

    void move(BackfillState to) {
        if (!BackfillTransitions.isLegal(state, to)) {
            throw new IllegalStateException(
                    "backfill " + number + " cannot go from " + state + " to " + to);
        }
        state = to;
    }
}
