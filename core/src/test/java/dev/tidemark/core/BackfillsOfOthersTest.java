package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.BackfillPlan.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An engine that carries out its own requests alone plans without looking at those of others. */
final class BackfillsOfOthersTest {
    private final State state = new State(10, State.Numbers.NONE);

    /** What an earlier owner kept of this backfill, which never came to its intervals. */
    private void planned(long backfill, BackfillPlan.Item... items) {
        state.fold(new Change.BackfillCreated(backfill, Backfills.plan(items)), Turns.BEGIN);
    }

    private void kept(Change... changes) {
        List.of(changes).forEach(change -> state.fold(change, Turns.BEGIN));
    }

    /** What is decided next about a backfill, and is so then. */
    private List<Change> next(long backfill) {
        List<Change> changes =
                Decider.decide(state, new Event.BackfillPerhapsNext(backfill), Turns.BEGIN)
                        .changes();
        changes.forEach(change -> state.fold(change, Turns.BEGIN));
        return changes;
    }

    private static Change created(long run, int day, long backfill) {
        BackfillPlan.Item item = Backfills.create(day);
        RunIdentity identity = new RunIdentity("flow", item.runName(), item.interval(), Map.of());
        return new Change.RunCreated(run, identity, "v1", backfill);
    }

    private void load() {
        kept(new Change.PipelineRegistered("v1", Declared.flow(task("a"))));
    }

    @Test
    void anIntervalThatTwoOfThemPlannedIsRunByTheFirstThatComesToIt() {
        load();
        planned(1, Backfills.create(0));
        planned(2, Backfills.create(0));

        assertThat(next(1)).first().isEqualTo(created(1, 0, 1));
        assertThat(next(2))
                .containsExactly(new Change.IntervalSkipped(2, Turns.day(0), "in flight"));
    }

    @Test
    void anIntervalThatWasRunMeanwhileIsDone() {
        load();
        planned(1, Backfills.create(0));
        kept(
                created(1, 0, 0),
                new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING),
                new Change.RunMoved(1, RunState.RUNNING, RunState.SUCCEEDED));

        assertThat(next(1))
                .containsExactly(new Change.IntervalSkipped(1, Turns.day(0), "already done"));
    }

    @Test
    void anIntervalThatSomebodyLeftInTheMiddleGoesOn() {
        load();
        planned(1, Backfills.create(0));
        kept(created(1, 0, 7), new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));

        assertThat(next(1)).first().isEqualTo(new Change.RunReopened(1, 1, "v1", 1));
    }

    @Test
    void aRunThatIsForgottenIsNotTakenForOneThatIsThere() {
        load();
        planned(1, Backfills.create(0));
        kept(created(1, 0, 7));
        state.forget(1);

        assertThat(next(1)).first().isEqualTo(created(2, 0, 1));
    }

    @Test
    void aRunThatAnotherTakesUpIsNoLongerWaitedFor() {
        load();
        planned(1, Backfills.create(0));
        next(1);
        assertThat(state.backfill(1).orElseThrow().activeRuns()).containsExactly(1L);

        planned(2, Backfills.item(state.run(1).orElseThrow().identity(), 1, Action.CONTINUE));
        kept(new Change.RunReopened(1, 1, "v1", 2));

        assertThat(state.backfill(1).orElseThrow().activeRuns()).isEmpty();
        assertThat(state.backfill(2).orElseThrow().activeRuns()).containsExactly(1L);
        assertThat(next(1))
                .containsExactly(new Change.BackfillEnded(1, BackfillState.COMPLETED, ""));
    }
}
