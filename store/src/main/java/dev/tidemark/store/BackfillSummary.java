package dev.tidemark.store;

import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;

/** A backfill in short: without its plan, which may be long. */
public record BackfillSummary(
        long number,
        Asked asked,
        BackfillView.Status status,
        BackfillView.Progress progress,
        BackfillView.Times times) {
    /**
     * What is asked of it.
     *
     * @param intervals how many intervals its plan names
     * @param work how many of them were to be run when it was planned
     * @param reason why somebody wanted it; empty where nobody said
     */
    public record Asked(
            String pipeline, BackfillPlan.Options options, int intervals, int work, String reason) {
        static Asked of(BackfillPlan plan) {
            return new Asked(
                    plan.pipeline(),
                    plan.options(),
                    plan.items().size(),
                    plan.work(),
                    plan.reason());
        }
    }

    static BackfillSummary of(BackfillView view) {
        return new BackfillSummary(
                view.number(), Asked.of(view.plan()), view.status(), view.progress(), view.times());
    }

    public BackfillState state() {
        return status.state();
    }
}
