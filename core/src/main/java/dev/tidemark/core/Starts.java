package dev.tidemark.core;

import java.time.Instant;

/** Starts attempts within one decision: hands out slots and tokens that the state has left. */
final class Starts {
    private final Decision.Draft draft = new Decision.Draft();
    private final Instant now;
    private final boolean othersWait;
    private int freeSlots;
    private long lastToken;

    Starts(State state, Instant now) {
        this.now = now;
        this.othersWait = !state.isQueueEmpty();
        this.freeSlots = state.freeSlots();
        this.lastToken = state.lastToken();
    }

    boolean hasFreeSlot() {
        return freeSlots > 0;
    }

    /** Starts it where a slot is free and nobody waited before it. */
    void startOrQueue(Run run, TaskInstance instance) {
        if (hasFreeSlot() && !othersWait) {
            start(run, instance);
        } else {
            draft.change(
                    new Change.TaskMoved(
                            instance.key(), instance.state(), TaskState.QUEUED, "no free slot"));
        }
    }

    void start(Run run, TaskInstance instance) {
        freeSlots--;
        lastToken++;
        TaskKey key = instance.key();
        int number = instance.started() + 1;
        draft.change(new Change.AttemptStarted(key, number, lastToken));
        draft.effect(new Effect.StartAttempt(key, number, lastToken));
        draft.effect(
                new Effect.SetTimer(
                        now.plus(run.definition(key).policy().timeout()),
                        new Event.AttemptTimedOut(key, lastToken)));
    }

    Decision done() {
        return draft.done();
    }
}
