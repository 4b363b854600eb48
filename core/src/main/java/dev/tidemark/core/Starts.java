package dev.tidemark.core;

import java.time.Instant;

/** Starts attempts of one task within one decision: hands out what the state has left for them. */
final class Starts {
    private final Decision.Draft draft = new Decision.Draft();
    private final State state;
    private final Run run;
    private final Demand demand;
    private final Instant now;
    private long lastToken;

    /**
     * @param task all of whose instances need the same
     */
    Starts(State state, Run run, String task, Instant now) {
        this.state = state;
        this.run = run;
        this.demand = run.demand(task);
        this.now = now;
        this.lastToken = state.lastToken();
    }

    /** Starts as many of them as there is room for, as far as they pass nobody; others queue. */
    Starts startOrQueue(Iterable<TaskInstance> instances) {
        int startable = state.admission().startable(demand, now);
        for (TaskInstance instance : instances) {
            if (startable > 0) {
                startable--;
                start(instance);
            } else {
                draft.change(
                        new Change.TaskMoved(
                                instance.key(), instance.state(), TaskState.QUEUED, "in line"));
            }
        }
        return this;
    }

    Starts start(TaskInstance instance) {
        lastToken++;
        TaskKey key = instance.key();
        int number = instance.started() + 1;
        draft.change(new Change.AttemptStarted(key, number, lastToken));
        if (state.admission().isRated(demand)) {
            draft.change(new Change.StartCounted(demand.pool().orElseThrow(), lastToken));
        }
        draft.effect(new Effect.StartAttempt(key, number, lastToken));
        draft.effect(
                new Effect.SetTimer(
                        now.plus(run.definition(key).policy().timeout()),
                        new Event.AttemptTimedOut(key, lastToken)));
        return this;
    }

    /** Whoever is next has a turn once this is folded. */
    Starts andNext() {
        draft.next(new Event.SlotPerhapsFree());
        return this;
    }

    /** Where there is a rate, somebody looks again when it allows the next start. */
    Decision done() {
        if (state.admission().isRated(demand)) {
            draft.next(new Event.RatePerhapsAllows(demand.pool().orElseThrow()));
        }
        return draft.done();
    }
}
