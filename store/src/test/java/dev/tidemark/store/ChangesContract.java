package dev.tidemark.store;

import static dev.tidemark.store.Samples.element;
import static dev.tidemark.store.Samples.evidence;
import static dev.tidemark.store.Samples.failed;
import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.key;
import static dev.tidemark.store.Samples.pipeline;
import static dev.tidemark.store.Samples.result;
import static dev.tidemark.store.Samples.second;
import static dev.tidemark.store.Samples.succeeded;
import static dev.tidemark.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorClass;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunState;
import dev.tidemark.core.State;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every kind of change has its effect on what the store shows. */
interface ChangesContract extends StoreUnderTest {
    PipelineDefinition FLIGHTS =
            pipeline(
                    "flights",
                    task("list"),
                    task("train", element("list")),
                    task("after", result("list")));

    /** Run 1 of {@link #FLIGHTS}, running; no task has moved. */
    default void givenARun() {
        commit(
                new Change.PipelineRegistered("v1", FLIGHTS),
                new Change.RunCreated(1, identity("flights", 0), "v1", 0),
                new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));
    }

    default TaskView view(TaskKey key) {
        return store().tasks(key.run()).stream()
                .filter(view -> view.task().equals(key))
                .findFirst()
                .orElseThrow();
    }

    default AttemptView lastAttempt(TaskKey key) {
        return store().attempts(key.run(), key.task()).getLast();
    }

    @Test
    default void anEmptyStoreShowsNothing() {
        assertThat(store().issuer()).isNotBlank();
        assertThat(store().lastNumbers()).isEqualTo(State.Numbers.NONE);
        assertThat(store().runs(RunFilter.ALL)).isEmpty();
        assertThat(store().run(1)).isEmpty();
        assertThat(store().run(Optional.empty(), "1")).isEmpty();
        assertThat(store().tasks(1)).isEmpty();
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
    default void anExpandedTaskHasAnInstanceForEachElement() {
        givenARun();
        commit(new Change.TaskExpanded(1, "train", 3));

        assertThat(store().tasks(1))
                .extracting(view -> view.task().label())
                .containsExactly("list", "train[0]", "train[1]", "train[2]", "after");
    }

    @Test
    default void aTaskThatMovesSaysWhy() {
        givenARun();
        commit(
                new Change.TaskMoved(
                        key(1, "after"), TaskState.WAITING, TaskState.SKIPPED, "by rule"));

        assertThat(view(key(1, "after")).state()).isEqualTo(TaskState.SKIPPED);
        assertThat(view(key(1, "after")).message()).isEqualTo("by rule");
    }

    @Test
    default void aStartedAttemptRunsUnderItsToken() {
        givenARun();
        commitAtSecond(1, new Change.AttemptStarted(key(1, "list"), 1, 17));

        TaskView task = view(key(1, "list"));
        assertThat(task.state()).isEqualTo(TaskState.RUNNING);
        assertThat(task.tally()).isEqualTo(new TaskView.Tally(1, 0));
        assertThat(task.latest())
                .isEqualTo(
                        new TaskView.LatestAttempt(
                                17, Optional.of(second(1)), Optional.empty(), Optional.empty()));
        assertThat(store().attempts(1, "list"))
                .containsExactly(
                        new AttemptView(
                                key(1, "list"),
                                1,
                                17,
                                AttemptView.Status.RUNNING,
                                new AttemptView.Times(second(1), Optional.empty())));
        assertThat(store().lastNumbers().token()).isEqualTo(17);
    }

    @Test
    default void aFailedAttemptIsFollowedByAnotherWhenItIsDue() {
        givenARun();
        commitAtSecond(1, new Change.AttemptStarted(key(1, "list"), 1, 1));
        commitAtSecond(
                2,
                new Change.AttemptEnded(
                        key(1, "list"), 1, TaskState.RETRYING, failed("no answer"), second(60)));

        assertThat(view(key(1, "list")).message()).isEqualTo("no answer");
        assertThat(view(key(1, "list")).latest().due()).contains(second(60));

        commitAtSecond(60, new Change.AttemptStarted(key(1, "list"), 2, 2));

        assertThat(view(key(1, "list")).message()).isEmpty();
        assertThat(view(key(1, "list")).latest().due()).isEmpty();
        assertThat(view(key(1, "list")).tally()).isEqualTo(new TaskView.Tally(2, 0));
        assertThat(store().attempts(1, "list"))
                .extracting(AttemptView::number)
                .containsExactly(1, 2);
        AttemptView first = store().attempts(1, "list").getFirst();
        assertThat(first.status())
                .isEqualTo(
                        new AttemptView.Status(
                                AttemptState.FAILED,
                                Optional.of(ErrorClass.TRANSIENT),
                                "no answer",
                                Optional.empty()));
        assertThat(first.times())
                .isEqualTo(new AttemptView.Times(second(1), Optional.of(second(2))));
    }

    @Test
    default void aLostAttemptIsNoAttemptOfTheTasksCode() {
        givenARun();
        commit(
                new Change.AttemptStarted(key(1, "list"), 1, 1),
                new Change.AttemptEnded(
                        key(1, "list"),
                        1,
                        TaskState.RETRYING,
                        new Outcome.Lost("power cut", true),
                        second(1)));

        assertThat(view(key(1, "list")).tally()).isEqualTo(new TaskView.Tally(0, 1));
        assertThat(lastAttempt(key(1, "list")).status().state()).isEqualTo(AttemptState.LOST);
    }

    @Test
    default void onlyTheLatestManifestOfAPartitionIsShown() {
        givenARun();
        commit(
                new Change.AttemptStarted(key(1, "list"), 1, 1),
                end("list", 1, succeeded(evidence("b", "p", 1), evidence("a", "q", 1))),
                new Change.TaskCleared(key(1, "list")),
                new Change.AttemptStarted(key(1, "list"), 2, 2),
                end("list", 2, succeeded(evidence("b", "p", 2))));

        assertThat(store().manifests(1))
                .containsExactly(
                        new ManifestView(key(1, "list"), 1, evidence("a", "q", 1)),
                        new ManifestView(key(1, "list"), 2, evidence("b", "p", 2)));
    }

    private static Change end(String task, long token, Outcome outcome) {
        return new Change.AttemptEnded(
                key(1, task), token, TaskState.SUCCEEDED, outcome, Samples.NOON);
    }

    @Test
    default void aClearedTaskWaitsAndItsRunningAttemptIsStopped() {
        givenARun();
        commit(new Change.AttemptStarted(key(1, "list"), 1, 1));
        commitAtSecond(1, new Change.TaskCleared(key(1, "list")));

        assertThat(view(key(1, "list")).state()).isEqualTo(TaskState.WAITING);
        assertThat(view(key(1, "list")).tally()).isEqualTo(new TaskView.Tally(1, 0));
        assertThat(view(key(1, "list")).latest().ended()).contains(second(1));
        assertThat(lastAttempt(key(1, "list")).status().state()).isEqualTo(AttemptState.STOPPED);
        assertThat(lastAttempt(key(1, "list")).times().ended()).contains(second(1));
    }

    @Test
    default void oneElementOrAllOfAnExpandedTaskCanBeCleared() {
        givenARun();
        TaskKey second = new TaskKey(1, "train", 1);
        commit(
                new Change.TaskExpanded(1, "train", 2),
                new Change.AttemptStarted(new TaskKey(1, "train", 0), 1, 1),
                new Change.AttemptStarted(second, 1, 2),
                new Change.TaskCleared(second));
        assertThat(view(new TaskKey(1, "train", 0)).state()).isEqualTo(TaskState.RUNNING);
        assertThat(view(second).state()).isEqualTo(TaskState.WAITING);

        commit(new Change.TaskCleared(key(1, "train")));

        assertThat(store().tasks(1))
                .extracting(view -> view.task().label())
                .containsExactly("list", "train", "after");
        assertThat(view(key(1, "train")).tally()).isEqualTo(TaskView.Tally.NONE);
        assertThat(store().attempts(1, "train"))
                .extracting(attempt -> attempt.status().state())
                .containsExactly(AttemptState.STOPPED, AttemptState.STOPPED);
    }

    @Test
    default void aLateResultIsNotedAndChangesNothingElse() {
        givenARun();
        commit(
                new Change.AttemptStarted(key(1, "list"), 1, 1),
                new Change.TaskCleared(key(1, "list")));
        TaskView before = view(key(1, "list"));

        commit(
                new Change.LateResult(key(1, "list"), 1, succeeded(evidence("a", "p", 1))),
                new Change.LateResult(key(1, "list"), 99, failed("of an attempt nobody knows")));

        assertThat(view(key(1, "list"))).isEqualTo(before);
        assertThat(lastAttempt(key(1, "list")).status().state()).isEqualTo(AttemptState.STOPPED);
        assertThat(lastAttempt(key(1, "list")).status().late()).contains(AttemptState.SUCCEEDED);
        assertThat(store().manifests(1)).isEmpty();
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
        store().commit(List.of(), second(2));
        assertThat(reopened().history(1)).hasSize(2);
    }
}
