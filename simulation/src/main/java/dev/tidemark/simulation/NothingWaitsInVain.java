package dev.tidemark.simulation;

import dev.tidemark.TaskDefinition;
import dev.tidemark.core.Change;
import dev.tidemark.core.TaskState;
import java.time.Duration;
import java.util.TreeSet;

/** After each commit nothing is left lying that could move. */
final class NothingWaitsInVain extends Invariant {
    private final World world;
    private final Ledger ledger;

    NothingWaitsInVain(World world) {
        this.world = world;
        this.ledger = world.ledger;
    }

    @Override
    void after(Committed commit) {
        TreeSet<Long> touched = new TreeSet<>();
        for (Change change : commit.changes()) {
            touched.add(Ledger.runOf(change));
        }
        touched.remove(0L);
        for (long number : touched) {
            RunRecord run = ledger.run(number);
            if (ledger.isUnderWay(run, commit.by())) {
                look(run);
            }
        }
        if (!commit.changes().isEmpty()) {
            lookAtQueue(commit.by(), commit);
        }
    }

    private void look(RunRecord run) {
        boolean open = false;
        for (TaskDefinition task : run.definition.tasks()) {
            for (InstanceRecord instance : run.of(task.name())) {
                open |= !instance.state.isFinal();
                if (instance.state == TaskState.WAITING) {
                    check(!couldMove(run, task), instance, ", although it could move");
                }
            }
        }
        check(open, run, ", and all its tasks have ended");
    }

    private static boolean couldMove(RunRecord run, TaskDefinition task) {
        RuleOracle.Says says = RuleOracle.says(task.edges().rule(), run.upstreams(task.name()));
        boolean listIsThere =
                task.edges().mapsOver().stream()
                        .allMatch(list -> run.of(list).getFirst().state.isFinal());
        return says == RuleOracle.Says.RUN ? listIsThere : says != RuleOracle.Says.WAIT;
    }

    private void lookAtQueue(EngineProcess process, Committed commit) {
        Crowd crowd = Crowd.of(ledger, process, commit.at());
        int slots = world.settings.slots();
        if (crowd.running().size() < slots) {
            for (Crowd.One one : crowd.queued()) {
                // The timer of a rate that allows it at this very moment may be about to come.
                boolean justNow = crowd.before(Duration.ofNanos(1)).isBlocked(one);
                check(justNow, one, "waits, and only", crowd.running().size(), "of", slots, "run");
            }
        }
    }

    @Override
    void atRest() {
        for (BackfillRecord backfill : ledger.backfills.values()) {
            check(!backfill.isLive(), "backfill", backfill.number, "has not ended");
        }
        for (RunRecord run : ledger.runs.values()) {
            boolean ended = run.state.isFinal();
            check(ended, run, ", and nobody does anything about it");
            for (InstanceRecord instance : run.instances()) {
                check(!ended || instance.state.isFinal(), instance, ", and", run);
                check(instance.state != TaskState.RUNNING, instance, "holds a slot for ever");
            }
        }
        for (EngineProcess process : world.living()) {
            check(
                    process.executor.running().isEmpty(),
                    process,
                    "has attempts that nobody waits for:",
                    process.executor.running());
        }
    }
}
