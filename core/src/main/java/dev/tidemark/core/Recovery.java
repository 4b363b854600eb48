package dev.tidemark.core;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** How runs go on that an engine left in the middle. */
final class Recovery {
    private static final Set<Long> NONE = Set.of();

    private Recovery() {}

    /**
     * Goes on with a backfill where it stood. What is decided depends on its history alone, so
     * nothing but attempts has to be looked at: each of them is still alive, or lost.
     */
    static Decision resumed(State state, Event.BackfillResumed event, Instant now) {
        return state.backfill(event.backfill())
                .map(backfill -> resumed(state, backfill, event.alive(), now))
                .orElse(Decision.NOTHING);
    }

    private static Decision resumed(State state, Backfill backfill, Set<Long> alive, Instant now) {
        Decision.Draft draft = new Decision.Draft();
        for (long number : List.copyOf(backfill.activeRuns())) {
            Run run = state.run(number).orElseThrow();
            if (state.isAtHand(run.graph())) {
                loseRunning(draft, run, alive, now);
                run.instances().forEach(instance -> resume(draft, run, instance, alive, now));
            } else {
                takeUp(draft, state, backfill, BackfillPlan.Action.CONTINUE, run, now);
            }
        }
        return draft.next(new Event.SlotPerhapsFree())
                .next(new Event.BackfillPerhapsNext(backfill.number()))
                .done();
    }

    /** Begins a run again, with what it has not done yet or, by its action, with more. */
    static void takeUp(
            Decision.Draft draft,
            State state,
            Backfill backfill,
            BackfillPlan.Action action,
            Run run,
            Instant now) {
        loseRunning(draft, run, NONE, now);
        Graph graph = state.latest(backfill.plan().pipeline());
        boolean sameTry =
                action == BackfillPlan.Action.CONTINUE
                        && graph.version().equals(run.graph().version());
        draft.change(
                new Change.RunReopened(
                        run.number(),
                        sameTry ? run.tryNumber() : run.tryNumber() + 1,
                        graph.version(),
                        backfill.number()));
        for (TaskKey key : Reopening.toClear(run, graph, action)) {
            draft.change(new Change.TaskCleared(key));
        }
        BackfillDecisions.start(draft, run.number(), graph);
        run.instances().forEach(instance -> resume(draft, run, instance, NONE, now));
    }

    /** The attempts of a process that is gone are gone with it. */
    static void loseRunning(Decision.Draft draft, Run run, Set<Long> alive, Instant now) {
        for (TaskInstance instance : run.instances()) {
            if (instance.state() == TaskState.RUNNING && !alive.contains(instance.token())) {
                draft.change(
                        new Change.AttemptEnded(
                                instance.key(),
                                instance.token(),
                                TaskState.RETRYING,
                                new Outcome.Lost("the process that ran it ended", false),
                                now));
            }
        }
    }

    /** Sets the timer that the instance waits for. */
    private static void resume(
            Decision.Draft draft, Run run, TaskInstance instance, Set<Long> alive, Instant now) {
        TaskKey key = instance.key();
        if (instance.state() == TaskState.QUEUED) {
            draft.next(new Event.Reconsider(key.run(), key.task()));
        } else if (instance.state() == TaskState.RETRYING) {
            draft.effect(new Effect.SetTimer(instance.due(), new Event.RetryDue(key)));
        } else if (instance.state() == TaskState.RUNNING && alive.contains(instance.token())) {
            draft.effect(
                    new Effect.SetTimer(
                            instance.since().plus(run.definition(key).policy().timeout()),
                            new Event.AttemptTimedOut(key, instance.token())));
        } else if (instance.state() == TaskState.RUNNING) {
            draft.effect(new Effect.SetTimer(now, new Event.RetryDue(key)));
        }
    }
}
