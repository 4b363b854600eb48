package dev.tidemark.simulation;

import dev.tidemark.core.Backfill;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Run;
import dev.tidemark.core.RunState;
import dev.tidemark.core.ScheduleState;
import dev.tidemark.core.State;
import dev.tidemark.core.TaskInstance;
import dev.tidemark.core.WatermarkKey;
import dev.tidemark.store.RunView;
import dev.tidemark.store.TaskView;
import dev.tidemark.store.WatermarkView;
import java.util.List;
import java.util.Objects;
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
        compareActive(process, state.get());
        for (RunRecord run : ledger.underWay(process)) {
            check(state.get().run(run.number).isPresent(), process, "has forgotten", run);
        }
        ledger.schedules.forEach(
                (pipeline, record) ->
                        state.get().schedule(pipeline).ifPresent(it -> compare(it, record)));
        ledger.watermarks.forEach((key, record) -> compare(state.get(), key, record));
        for (BackfillRecord backfill : ledger.backfills.values()) {
            compare(process, backfill, state.get().backfill(backfill.number));
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
        for (WatermarkView view : world.store.watermarks()) {
            check(
                    view.kept().equals(ledger.watermark(view.key()).kept()),
                    view.key(),
                    "is shown as",
                    view.kept());
        }
        for (EngineProcess process : world.living()) {
            stateOfOwner(process).ifPresent(state -> state.runs().forEach(this::compare));
        }
    }

    private void compare(State state, WatermarkKey key, WatermarkRecord record) {
        if (state.watermarks().areKnown(key.pipeline())) {
            check(
                    state.watermarks().kept(key).equals(record.kept()),
                    key,
                    "is in mind:",
                    state.watermarks().kept(key));
        }
    }

    private void compare(Run run) {
        RunRecord record = ledger.run(run.number());
        check(
                record.state == run.state()
                        && record.tryNumber == run.tryNumber()
                        && record.backfill == run.backfill(),
                "in mind, run",
                run.number(),
                "is",
                run.state(),
                "in try",
                run.tryNumber(),
                "of",
                run.backfill(),
                ", and kept is:",
                record);
        List<InstanceRecord> kept = record.instances();
        List<TaskInstance> had = run.instances();
        check(kept.size() == had.size(), "run", run.number(), "has not", kept);
        for (int i = 0; i < kept.size(); i++) {
            check(same(kept.get(i), had.get(i)), "in mind is", text(had.get(i)), ", kept:", kept);
        }
    }

    private static boolean same(InstanceRecord kept, TaskInstance had) {
        return kept.key.equals(had.key())
                && kept.state == had.state()
                && kept.token == had.token()
                && kept.started == had.started()
                && kept.losses == had.losses()
                && kept.due.equals(had.due())
                && Objects.equals(kept.result, had.result().orElse(null));
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

    private void compare(
            EngineProcess process, BackfillRecord record, Optional<Backfill> backfill) {
        check(
                backfill.isPresent() == (record.isLive() && record.isOf(process)),
                "backfill",
                record.number,
                "is kept as",
                record.state,
                ", in mind:",
                backfill.isPresent());
        backfill.ifPresent(
                it -> {
                    check(
                            it.active() == record.active.size(),
                            it.active(),
                            "runs are active in mind, and kept are:",
                            record.active);
                    Optional<BackfillPlan.Item> next = next(record);
                    check(next.equals(it.next()), it.next(), "is next, and kept is:", next);
                });
    }

    private static Optional<BackfillPlan.Item> next(BackfillRecord record) {
        boolean room = record.active.size() < record.plan.options().maxActive();
        return record.halted
                        || record.isPaused()
                        || !room
                        || record.handled >= record.plan.items().size()
                ? Optional.empty()
                : Optional.of(record.plan.items().get(record.handled));
    }

    private void compare(ScheduleState schedule, ScheduleRecord record) {
        check(
                schedule.isPaused() == record.isPaused()
                        && schedule.last().equals(Optional.ofNullable(record.last)),
                schedule.pipeline(),
                "in mind is at",
                schedule.last(),
                ", and kept is:",
                record.last);
        check(
                world.store.schedule(schedule.pipeline()).isEmpty()
                        || world.store
                                .schedule(schedule.pipeline())
                                .get()
                                .kept()
                                .last()
                                .equals(Optional.ofNullable(record.last)),
                "shown of",
                schedule.pipeline(),
                "is",
                world.store.schedule(schedule.pipeline()));
    }

    private void compareActive(EngineProcess process, State state) {
        if (!process.isServer()) {
            return;
        }
        for (String pipeline : world.versions.keySet()) {
            state.schedule(pipeline)
                    .ifPresent(
                            it -> {
                                same(it.active(), pipeline, RunState.RUNNING);
                                same(it.queued(), pipeline, RunState.QUEUED);
                            });
        }
    }

    private void same(Set<Long> had, String pipeline, RunState state) {
        Set<Long> kept = new TreeSet<>();
        ledger.ofSchedule(pipeline, state).forEach(run -> kept.add(run.number));
        check(had.equals(kept), pipeline, "has in mind, of", state, had, ", and kept are:", kept);
    }

    private void views(long number) {
        RunRecord record = ledger.run(number);
        RunView view = world.store.run(number).orElseThrow();
        check(
                view.state() == record.state
                        && view.status().tryNumber() == record.tryNumber
                        && view.status().backfill() == record.backfill
                        && view.version().equals(record.version),
                "the store shows",
                view,
                ", and kept is:",
                record);
        List<TaskView> shown = world.store.tasks(number);
        List<InstanceRecord> kept = record.instances();
        check(shown.size() == kept.size(), "the store shows", shown, ", and kept are:", kept);
        for (int i = 0; i < kept.size(); i++) {
            check(same(kept.get(i), shown.get(i)), "shown is", shown.get(i), ", kept:", kept);
        }
    }

    private static boolean same(InstanceRecord kept, TaskView shown) {
        return kept.key.equals(shown.task())
                && kept.state == shown.state()
                && kept.token == shown.latest().token()
                && kept.started == shown.tally().started()
                && kept.losses == shown.tally().losses();
    }
}
