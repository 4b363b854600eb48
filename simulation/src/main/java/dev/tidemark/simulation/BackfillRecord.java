package dev.tidemark.simulation;

import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunState;
import java.util.TreeSet;

/** What the committed history says of one backfill. */
final class BackfillRecord {
    final long number;
    final BackfillPlan plan;

    /** Which process was asked for it. */
    final EngineProcess by;

    final TreeSet<Long> active = new TreeSet<>();
    BackfillState state = BackfillState.RUNNING;

    /** How many of its intervals were begun or passed over. */
    int handled;

    int failed;
    int failedInARow;
    boolean halted;

    BackfillRecord(long number, BackfillPlan plan, EngineProcess by) {
        this.number = number;
        this.plan = plan;
        this.by = by;
    }

    /** Whether it is for a process to carry it out. */
    boolean isOf(EngineProcess process) {
        return process.isServer() || by == process;
    }

    /** Whether equal intervals of both are the same runs. */
    boolean isOfSame(BackfillPlan other) {
        return plan.pipeline().equals(other.pipeline())
                && plan.parameters().equals(other.parameters());
    }

    void begun(long run) {
        if (active.add(run)) {
            handled++;
        }
    }

    void ended(long run, RunState how) {
        if (!active.remove(run)) {
            return;
        }
        boolean well = how == RunState.SUCCEEDED;
        failed += well ? 0 : 1;
        failedInARow = well ? 0 : failedInARow + 1;
        halted |= failedInARow >= plan.options().haltAfter();
    }

    /** Whether it has not ended; it may be paused. */
    boolean isLive() {
        return !state.isFinal();
    }

    boolean isPaused() {
        return state == BackfillState.PAUSED;
    }
}
