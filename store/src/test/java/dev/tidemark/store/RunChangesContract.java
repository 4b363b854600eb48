package dev.tidemark.store;

import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.key;
import static dev.tidemark.store.Samples.pipeline;
import static dev.tidemark.store.Samples.second;
import static dev.tidemark.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import dev.tidemark.core.State;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.UnknownEffects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes of pipelines, runs and backfills have their effect on what the store shows. */
interface RunChangesContract extends ARun {
    @Test
    default void anEmptyStoreShowsNothing() {
        assertThat(store().issuer()).isNotBlank();
        assertThat(store().lastNumbers()).isEqualTo(State.Numbers.NONE);
        assertThat(store().runs(RunFilter.ALL)).isEmpty();
        assertThat(store().run(1)).isEmpty();
        assertThat(store().run(Optional.empty(), "1")).isEmpty();
        assertThat(store().tasks(1)).isEmpty();
        assertThat(store().tasks(1, TaskFilter.ALL)).isEmpty();
        assertThat(store().taskCounts(1)).isEmpty();
        assertThat(store().attempts(1, "list")).isEmpty();
        assertThat(store().manifests(1)).isEmpty();
        assertThat(store().history(1)).isEmpty();
        assertThat(store().historyOfBackfill(1)).isEmpty();
        assertThat(store().backfill(1)).isEmpty();
        assertThat(store().unfinishedBackfills("flights")).isEmpty();
        assertThat(store().definition("flights", "v1")).isEmpty();
        assertThat(store().findRun("flights", Map.of(), Samples.day(0))).isEmpty();
    }

    @Test
    default void aRegisteredVersionHasItsDefinitionAndItsFirstOneStays() {
        commit(
                new Change.PipelineRegistered("v1", FLIGHTS),
                new Change.PipelineRegistered("v2", pipeline("flights", task("only"))));
        commit(new Change.PipelineRegistered("v1", pipeline("flights", task("other"))));

        assertThat(store().definition("flights", "v1")).contains(FLIGHTS);
        assertThat(store().definition("flights", "v2")).contains(pipeline("flights", task("only")));
        assertThat(store().definition("flights", "v3")).isEmpty();
    }

    @Test
    default void whatWasVerifiedOfAVersionStaysWithIt() {
        PipelineDefinition both = pipeline("flights", task("a"), task("b"), task("c"));
        Change first = new Change.TasksVerified("flights", "v1", Set.of("a"));
        Change second = new Change.TasksVerified("flights", "v1", Set.of("a", "c"));
        commit(new Change.PipelineRegistered("v1", both), first);
        commit(new Change.PipelineRegistered("v2", both));
        commit(second);

        assertThat(reopened().definition("flights", "v1"))
                .contains(UnknownEffects.verified(both, Set.of("a", "c")));
        assertThat(store().definition("flights", "v2")).contains(both);
    }

    @Test
    default void aCreatedRunIsQueuedAndItsTasksWait() {
        commit(
                new Change.PipelineRegistered("v1", FLIGHTS),
                new Change.RunCreated(1, identity("flights", 0), "v1", 0));

        RunView run = store().run(1).orElseThrow();
        assertThat(run.identity()).isEqualTo(identity("flights", 0));
        assertThat(run.version()).isEqualTo("v1");
        assertThat(run.status()).isEqualTo(new RunView.Status(RunState.QUEUED, 1, 0));
        assertThat(run.times())
                .isEqualTo(new RunView.Times(Samples.NOON, Optional.empty(), Optional.empty()));
        assertThat(store().tasks(1))
                .extracting(view -> view.task().label())
                .containsExactly("list", "train", "after");
        assertThat(store().tasks(1)).extracting(TaskView::state).containsOnly(TaskState.WAITING);
        assertThat(store().lastNumbers()).isEqualTo(new State.Numbers(1, 0, 0));
    }

    @Test
    default void theHighestTokenIsKnownHoweverTheRunsOfATurnTakeTurns() {
        givenARun();
        commit(new Change.RunCreated(2, identity("flights", 1), "v1", 0));
        commitAtSecond(
                1,
                new Change.AttemptStarted(key(1, "list"), 1, 5),
                new Change.AttemptStarted(key(2, "list"), 1, 6),
                new Change.AttemptStarted(key(1, "after"), 1, 7));
        commitAtSecond(2, new Change.LateResult(key(2, "list"), 3, Samples.succeeded()));

        assertThat(store().lastNumbers().token()).isEqualTo(7);
    }

    @Test
    default void aRunThatMovesShowsWhenItStartedAndEnded() {
        commit(
                new Change.PipelineRegistered("v1", FLIGHTS),
                new Change.RunCreated(1, identity("flights", 0), "v1", 0));
        commitAtSecond(1, new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));
        commitAtSecond(2, new Change.RunMoved(1, RunState.RUNNING, RunState.FAILED));

        RunView run = store().run(1).orElseThrow();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.times())
                .isEqualTo(
                        new RunView.Times(
                                Samples.NOON, Optional.of(second(1)), Optional.of(second(2))));
    }

    @Test
    default void aRunReopenedInTheSameTryKeepsItsStartAndANextTryHasItsOwn() {
        givenARun();
        commitAtSecond(1, new Change.RunReopened(1, 1, "v1", 0));
        assertThat(store().run(1).orElseThrow().times().started()).contains(Samples.NOON);
        assertThat(store().run(1).orElseThrow().state()).isEqualTo(RunState.QUEUED);

        commitAtSecond(2, new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));
        commitAtSecond(3, new Change.RunMoved(1, RunState.RUNNING, RunState.FAILED));
        commitAtSecond(4, new Change.RunReopened(1, 2, "v1", 0));

        RunView run = store().run(1).orElseThrow();
        assertThat(run.status()).isEqualTo(new RunView.Status(RunState.QUEUED, 2, 0));
        assertThat(run.times())
                .isEqualTo(new RunView.Times(Samples.NOON, Optional.empty(), Optional.empty()));
    }

    @Test
    default void aRunReopenedUnderAnotherVersionHasTheTasksOfThatVersion() {
        givenARun();
        commit(new Change.AttemptStarted(key(1, "list"), 1, 1));
        commit(new Change.AttemptStarted(key(1, "after"), 1, 2));
        commitAtSecond(
                1,
                new Change.PipelineRegistered(
                        "v2", pipeline("flights", task("new"), task("after"))),
                new Change.RunReopened(1, 2, "v2", 0));

        assertThat(store().tasks(1))
                .extracting(view -> view.task().task())
                .containsExactly("new", "after");
        assertThat(view(key(1, "after")).state()).isEqualTo(TaskState.RUNNING);
        assertThat(store().attempts(1, "list"))
                .extracting(attempt -> attempt.status().state())
                .containsExactly(AttemptState.STOPPED);
        assertThat(lastAttempt(key(1, "after")).status().state()).isEqualTo(AttemptState.RUNNING);
    }

    @Test
    default void aBackfillShowsItsPlanAndHowFarItIs() {
        commit(
                new Change.PipelineRegistered("v1", FLIGHTS),
                new Change.BackfillCreated(3, Samples.plan("flights", 3)),
                new Change.RunCreated(1, identity("flights", 0), "v1", 3),
                new Change.RunCreated(2, identity("flights", 1), "v1", 3),
                new Change.RunMoved(2, RunState.QUEUED, RunState.RUNNING),
                new Change.IntervalSkipped(3, Samples.day(2), "already done"));

        BackfillView backfill = store().backfill(3).orElseThrow();
        assertThat(backfill.plan()).isEqualTo(Samples.plan("flights", 3));
        assertThat(backfill.state()).isEqualTo(BackfillState.RUNNING);
        assertThat(backfill.progress())
                .isEqualTo(
                        new BackfillView.Progress(
                                1, Map.of(RunState.QUEUED, 1, RunState.RUNNING, 1)));
        assertThat(store().unfinishedBackfills("flights")).containsExactly(backfill);
        assertThat(store().unfinishedBackfills("other")).isEmpty();
        assertThat(store().lastNumbers()).isEqualTo(new State.Numbers(2, 3, 0));
    }

    @Test
    default void aBackfillThatEndedIsNotUnfinished() {
        commit(new Change.BackfillCreated(1, Samples.plan("flights", 3)));
        commitAtSecond(1, new Change.BackfillEnded(1, BackfillState.HALTED, "5 in a row"));

        BackfillView backfill = store().backfill(1).orElseThrow();
        assertThat(backfill.status())
                .isEqualTo(new BackfillView.Status(BackfillState.HALTED, "5 in a row"));
        assertThat(backfill.times())
                .isEqualTo(new BackfillView.Times(Samples.NOON, Optional.of(second(1))));
        assertThat(store().unfinishedBackfills("flights")).isEmpty();
    }

    @Test
    default void historiesAreInOrderAndBelongToTheirRunOrBackfill() {
        Change registered = new Change.PipelineRegistered("v1", FLIGHTS);
        Change backfill = new Change.BackfillCreated(1, Samples.plan("flights", 2));
        Change first = new Change.RunCreated(1, identity("flights", 0), "v1", 1);
        Change second = new Change.RunCreated(2, identity("flights", 1), "v1", 1);
        Change moved = new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING);
        commit(registered, backfill, first);
        commitAtSecond(1, second, moved);

        assertThat(store().history(1))
                .containsExactly(
                        new Recorded(3, Samples.NOON, first), new Recorded(5, second(1), moved));
        assertThat(store().history(2)).containsExactly(new Recorded(4, second(1), second));
        assertThat(store().historyOfBackfill(1))
                .containsExactly(new Recorded(2, Samples.NOON, backfill));
        Samples.commit(store(), List.of(), second(2));
        assertThat(reopened().history(1)).hasSize(2);
    }
}
