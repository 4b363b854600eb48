package dev.tidemark.simulation;

import dev.tidemark.core.TaskState;

/** There are never more attempts that hold a token than there are slots. */
final class SlotsKept extends Invariant {
    private final World world;

    SlotsKept(World world) {
        this.world = world;
    }

    @Override
    void after(Committed commit) {
        int running = 0;
        for (RunRecord run : world.ledger.runs.values()) {
            for (InstanceRecord instance : run.instances()) {
                running += instance.state == TaskState.RUNNING ? 1 : 0;
            }
        }
        int slots = world.settings.slots();
        check(running <= slots, running, "attempts hold", slots, "slots");
    }
}
