package dev.tidemark.simulation;

import dev.tidemark.core.TaskState;

/**
 * An engine never has more attempts that hold a token than slots. Those of a run that was left in
 * the middle died with their process; it counts again when somebody goes on with it.
 */
final class SlotsKept extends Invariant {
    private final World world;

    SlotsKept(World world) {
        this.world = world;
    }

    @Override
    void after(Committed commit) {
        int running = 0;
        for (RunRecord run : world.ledger.underWay(commit.by())) {
            for (InstanceRecord instance : run.instances()) {
                running += instance.state == TaskState.RUNNING ? 1 : 0;
            }
        }
        int slots = world.settings.slots();
        check(running <= slots, running, "attempts hold", slots, "slots");
    }
}
