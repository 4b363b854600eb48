package dev.tidemark.simulation;

import dev.tidemark.core.Backfill;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Run;
import dev.tidemark.core.State;
import dev.tidemark.core.TaskInstance;
import dev.tidemark.store.RunView;
import dev.tidemark.store.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the owner has in mind, and what the store shows, is the history, folded. */
final class HistoryIsState extends Invariant {
    private final World world;
    private final Ledger ledger;
    private final Set<Long> touched = new TreeSet<>();
    private boolean changed;

    HistoryIsState(World world) {
        this.world = world;
        this.ledger = world.ledger;
    }

    @Override
    void after(Committed commit) {
        changed = true;
        for (Change change : commit.changes()) {
            touched.add(Ledger.runOf(change));
        }
        touched.remove(0L);
    }

    @Override
    void stepped(EngineProcess process) {
        Optional<State> state = stateOfOwner(process);
        if (state.isEmpty() || !changed) {
            return;
        }
        changed = false;
        for (long number : touched) {
            state.get().run(number).ifPresent(this::compare);
            views(number);
        }
        touched.clear();
        for (RunRecord run : ledger.underWay()) {
            check(state.get().run(run.number).isPresent(), process + " has forgotten " + run);
        }
        for (BackfillRecord backfill : ledger.backfills.values()) {
            compare(backfill, state.get().backfill(backfill.number));
        }
    }

    /** One that was overtaken, and does not know it yet, may have in mind what it likes. */
    private Optional<State> stateOfOwner(EngineProcess process) {
        long epoch = world.invariant(OneOwner.class).epoch();
        return process.member.state().filter(_ -> process.member.health().epoch() == epoch);
    }

    @Override
    void atRest() {
        ledger.runs.keySet().forEach(this::views);
        for (EngineProcess process : world.living()) {
            stateOfOwner(process).ifPresent(state -> state.runs().forEach(this::compare));
        }
    }

    private void compare(Run run) {
        RunRecord record = ledger.run(run.number());
        String kept = record.state + " try " + record.tryNumber + " of " + record.backfill;
        String had = run.state() + " try " + run.tryNumber() + " of " + run.backfill();
        check(kept.equals(had), "run " + run.number() + " is " + had + ", and kept is:", kept);
        List<String> keptTasks = new ArrayList<>();
        record.instances().forEach(instance -> keptTasks.add(text(instance)));
        List<String> tasks = new ArrayList<>();
        run.instances().forEach(instance -> tasks.add(text(instance)));
        check(keptTasks.equals(tasks), "in mind are " + tasks + ", and kept are:", keptTasks);
    }

    private static String text(InstanceRecord it) {
        return it.key.label()
                + " "
                + it.state
                + " "
                + it.token
                + " "
                + it.started
                + " "
                + it.losses
                + " "
                + it.due
                + " "
                + it.result;
    }

    private static String text(TaskInstance it) {
        return it.key().label()
                + " "
                + it.state()
                + " "
                + it.token()
                + " "
                + it.started()
                + " "
                + it.losses()
                + " "
                + it.due()
                + " "
                + it.result().orElse(null);
    }

    private void compare(BackfillRecord record, Optional<Backfill> backfill) {
        check(
                backfill.isPresent() == record.isLive(),
                "backfill " + record.number + " is kept as " + record.state + ", in mind:",
                backfill.isPresent());
        backfill.ifPresent(
                it -> {
                    check(
                            it.active() == record.active.size(),
                            it.active() + " runs are active in mind, and kept are:",
                            record.active);
                    Optional<BackfillPlan.Item> next = next(record);
                    check(next.equals(it.next()), it.next() + " is next, and kept is:", next);
                });
    }

    private static Optional<BackfillPlan.Item> next(BackfillRecord record) {
        boolean room = record.active.size() < record.plan.options().maxActive();
        return record.halted || !room || record.handled >= record.plan.items().size()
                ? Optional.empty()
                : Optional.of(record.plan.items().get(record.handled));
    }

    private void views(long number) {
        RunRecord record = ledger.run(number);
        RunView view = world.store.run(number).orElseThrow();
        check(
                view.state() == record.state
                        && view.status().tryNumber() == record.tryNumber
                        && view.status().backfill() == record.backfill
                        && view.version().equals(record.version),
                "the store shows " + view + ", and kept is:",
                record);
        List<String> shown = new ArrayList<>();
        for (TaskView task : world.store.tasks(number)) {
            shown.add(
                    task.task().label()
                            + " "
                            + task.state()
                            + " "
                            + task.latest().token()
                            + " "
                            + task.tally().started()
                            + " "
                            + task.tally().losses());
        }
        List<String> kept = new ArrayList<>();
        for (InstanceRecord it : record.instances()) {
            kept.add(
                    it.key.label()
                            + " "
                            + it.state
                            + " "
                            + it.token
                            + " "
                            + it.started
                            + " "
                            + it.losses);
        }
        check(shown.equals(kept), "the store shows " + shown + ", and kept are:", kept);
    }
}
