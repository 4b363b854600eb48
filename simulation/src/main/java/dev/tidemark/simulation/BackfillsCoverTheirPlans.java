package dev.tidemark.simulation;

import dev.tidemark.Interval;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillPlan.Item;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Each interval of a plan, in order, is run or passed over for a reason: none twice, none never.
 */
final class BackfillsCoverTheirPlans extends Invariant {
    private final Ledger ledger;

    BackfillsCoverTheirPlans(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.RunCreated it && it.backfill() == 0) {
            return; // A schedule made it.
        } else if (change instanceof Change.RunCreated it) {
            handled(it, it.backfill(), it.identity().interval());
        } else if (change instanceof Change.IntervalSkipped it) {
            handled(it, it.backfill(), it.interval());
        } else if (change instanceof Change.RunReopened it) {
            reopened(it);
        } else if (change instanceof Change.BackfillCreated it) {
            created(it, commit.by());
        } else if (change instanceof Change.BackfillMoved it) {
            moved(it);
        } else if (change instanceof Change.BackfillEnded it) {
            ended(it, commit);
        }
    }

    /** What one engine does twice at once, it does once. */
    private void created(Change.BackfillCreated it, EngineProcess by) {
        List<Interval> planned = it.plan().items().stream().map(Item::interval).toList();
        for (BackfillRecord other : ledger.backfills.values()) {
            if (!other.isLive() || !other.isOf(by) || !other.isOfSame(it.plan())) {
                continue;
            }
            boolean isTheSame =
                    it.plan().options().equals(other.plan.options())
                            && planned.equals(
                                    other.plan.items().stream().map(Item::interval).toList());
            boolean isRerun = !it.plan().reason().isEmpty();
            check(!isTheSame || isRerun, it, "is what backfill", other.number, "does already");
            Set<Interval> inHand = inHand(other);
            for (Item item : it.plan().items()) {
                check(
                        item.action() == BackfillPlan.Action.SKIP
                                || !inHand.contains(item.interval()),
                        item,
                        "is in hand of backfill",
                        other.number);
            }
        }
    }

    /** The intervals that it is about to run, or runs. */
    private Set<Interval> inHand(BackfillRecord backfill) {
        Set<Interval> intervals = new HashSet<>();
        if (!backfill.halted) {
            backfill.plan.items().stream()
                    .skip(backfill.handled)
                    .filter(item -> item.action() != BackfillPlan.Action.SKIP)
                    .forEach(item -> intervals.add(item.interval()));
        }
        backfill.active.forEach(run -> intervals.add(ledger.run(run).identity.interval()));
        return intervals;
    }

    private void moved(Change.BackfillMoved it) {
        BackfillRecord backfill = ledger.backfills.get(it.backfill());
        check(backfill != null && backfill.state == it.from(), it, "does not leave that state");
        boolean pausesOrResumes =
                Set.of(it.from(), it.to())
                        .equals(Set.of(BackfillState.RUNNING, BackfillState.PAUSED));
        check(pausesOrResumes, it, "is no legal way");
    }

    private void reopened(Change.RunReopened it) {
        BackfillRecord backfill = ledger.backfills.get(it.backfill());
        if (backfill != null && !backfill.active.contains(it.run())) {
            handled(it, it.backfill(), ledger.run(it.run()).identity.interval());
        }
    }

    private void handled(Change change, long number, Interval interval) {
        BackfillRecord backfill = ledger.backfills.get(number);
        check(backfill != null && backfill.isLive(), change, "of a backfill that has ended");
        if (backfill != null) {
            check(!backfill.halted, change, "of a backfill that is halted");
            check(!backfill.isPaused(), change, "of a backfill that is paused");
            check(backfill.handled < backfill.plan.items().size(), change, "after all was handled");
            Item item = backfill.plan.items().get(backfill.handled);
            check(item.interval().equals(interval), change, "out of turn; next is:", item);
            check(
                    change instanceof Change.IntervalSkipped
                            || backfill.active.size() < backfill.plan.options().maxActive(),
                    change,
                    "while as many as may be are active");
            check(
                    (item.action() == BackfillPlan.Action.CREATE && !isCovered(backfill, interval))
                                    == change instanceof Change.RunCreated
                            || change instanceof Change.IntervalSkipped,
                    change,
                    "is not what was planned:",
                    item);
        }
    }

    /** Whether another backfill has created the run meanwhile. */
    private boolean isCovered(BackfillRecord backfill, Interval interval) {
        return ledger.runs.values().stream()
                .anyMatch(
                        run ->
                                run.identity.pipeline().equals(backfill.plan.pipeline())
                                        && run.identity
                                                .parameters()
                                                .equals(backfill.plan.parameters())
                                        && run.identity.interval().equals(interval));
    }

    private void ended(Change.BackfillEnded it, Committed commit) {
        BackfillRecord backfill = ledger.backfills.get(it.backfill());
        check(backfill != null && backfill.isLive(), it, "has ended before");
        if (backfill == null) {
            return;
        }
        if (it.state() == BackfillState.TAKEN_UP) {
            check(
                    commit.changes().stream().anyMatch(Change.BackfillCreated.class::isInstance),
                    it,
                    "by nobody");
            return;
        }
        if (it.state() == BackfillState.CANCELLED) {
            // What it ran was cancelled before, in the same commit.
            check(backfill.active.isEmpty(), it, "while these are active:", backfill.active);
            return;
        }
        boolean all = backfill.handled == backfill.plan.items().size();
        BackfillState expected =
                backfill.failed == 0
                        ? BackfillState.COMPLETED
                        : all ? BackfillState.COMPLETED_WITH_FAILURES : BackfillState.HALTED;
        check(backfill.active.isEmpty(), it, "while these are active:", backfill.active);
        check(all || backfill.halted, it, "after", backfill.handled, "intervals");
        check(it.state() == expected, it, "should be:", expected);
    }
}
