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
            resume(draft, state, state.run(number).orElseThrow(), alive, now);
        }
        return draft.next(new Event.SlotPerhapsFree())
                .next(new Event.BackfillPerhapsNext(backfill.number()))
                .done();
    }

    /** Goes on with the schedule of a pipeline, and with its runs where they stood. */
    static Decision takenUp(State state, Event.ScheduleTakenUp event, Instant now) {
        Decision.Draft draft = new Decision.Draft();
        ScheduleState schedule = state.schedule(event.pipeline()).orElseThrow();
        for (long number : List.copyOf(schedule.active())) {
            resume(draft, state, state.run(number).orElseThrow(), event.alive(), now);
        }
        return draft.next(new Event.SlotPerhapsFree())
                .next(new Event.SchedulePerhapsNext(event.pipeline()))
                .done();
    }

    private static void resume(
            Decision.Draft draft, State state, Run run, Set<Long> alive, Instant now) {
        if (state.isAtHand(run.graph())) {
            loseRunning(draft, run, alive, now);
            run.instances().forEach(instance -> resume(draft, run, instance, alive, now));
            RunDecisions.watch(draft, run);
        } else {
            takeUp(draft, state, run.backfill(), BackfillPlan.Action.CONTINUE, run, now);
        }
    }

    /**
     * Begins a run again, with what it has not done yet or, by its action, with more.
     *
     * @param backfill the backfill that goes on with it, 0 for its pipeline's schedule
     */
    static void takeUp(
            Decision.Draft draft,
            State state,
            long backfill,
            BackfillPlan.Action action,
            Run run,
            Instant now) {
        loseRunning(draft, run, NONE, now);
        Graph graph = state.latest(run.identity().pipeline());
        boolean sameTry =
                action == BackfillPlan.Action.CONTINUE
                        && graph.version().equals(run.graph().version());
        int tryNumber = sameTry ? run.tryNumber() : run.tryNumber() + 1;
        draft.change(new Change.RunReopened(run.number(), tryNumber, graph.version(), backfill));
        Set<TaskKey> cleared = Reopening.toClear(run, graph, action);
        WatermarkDecisions.voided(draft, state, run, graph, cleared);
        for (TaskKey key : cleared) {
            draft.change(new Change.TaskCleared(key));
        }
        RunDecisions.start(draft, run.number(), tryNumber, graph, now);
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
