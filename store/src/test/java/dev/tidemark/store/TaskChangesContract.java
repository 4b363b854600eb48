package dev.tidemark.store;

import static dev.tidemark.store.Samples.evidence;
import static dev.tidemark.store.Samples.failed;
import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.key;
import static dev.tidemark.store.Samples.second;
import static dev.tidemark.store.Samples.succeeded;
import static dev.tidemark.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes of tasks and attempts have their effect on what the store shows. */
interface TaskChangesContract extends ARun {
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
    default void tasksAndElementsThatMoveAlikeMoveEachAndNoOthers() {
        givenARun();
        commit(new Change.TaskExpanded(1, "train", 12));
        List<TaskKey> moving = new ArrayList<>();
        for (int element : List.of(3, 4, 5, 11, 0)) {
            moving.add(new TaskKey(1, "train", element));
        }
        moving.add(2, key(1, "after"));
        commit(
                moving.stream()
                        .map(
                                key ->
                                        new Change.TaskMoved(
                                                key, TaskState.WAITING, TaskState.QUEUED, "full"))
                        .toArray(Change[]::new));

        assertThat(
                        store().tasks(1).stream()
                                .filter(view -> view.state() == TaskState.QUEUED)
                                .map(TaskView::task))
                .containsExactlyInAnyOrderElementsOf(moving);
        assertThat(view(key(1, "after")).message()).isEqualTo("full");
        assertThat(view(key(1, "list")).message()).isEmpty();
    }

    @Test
    default void attemptsOutliveTheirTasksPlace() {
        givenARun();
        commitAtSecond(1, new Change.AttemptStarted(key(1, "train"), 1, 3));
        commitAtSecond(2, new Change.TaskCleared(key(1, "train")));
        commitAtSecond(3, new Change.TaskExpanded(1, "train", 2));
        commitAtSecond(4, new Change.AttemptStarted(new TaskKey(1, "train", 1), 1, 4));
        commitAtSecond(5, new Change.TaskCleared(key(1, "train")));
        commitAtSecond(6, new Change.LateResult(key(1, "train"), 3, Samples.succeeded()));
        commitAtSecond(
                7, new Change.LateResult(new TaskKey(1, "train", 1), 4, Samples.succeeded()));

        assertThat(store().attempts(1, "train"))
                .extracting(
                        AttemptView::token,
                        attempt -> attempt.status().state(),
                        attempt -> attempt.status().message(),
                        attempt -> attempt.status().late(),
                        attempt -> attempt.times().ended())
                .containsExactly(
                        tuple(
                                3L,
                                AttemptState.STOPPED,
                                AttemptEnd.CLEARED,
                                Optional.of(AttemptState.SUCCEEDED),
                                Optional.of(second(2))),
                        tuple(
                                4L,
                                AttemptState.STOPPED,
                                AttemptEnd.CLEARED,
                                Optional.of(AttemptState.SUCCEEDED),
                                Optional.of(second(5))));
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
    default void whatWasLateWhileAnAttemptStillRanSaysNothingOfItsEnd() {
        givenARun();
        commitAtSecond(1, new Change.AttemptStarted(key(1, "list"), 1, 3));
        commitAtSecond(2, new Change.LateResult(key(1, "list"), 3, succeeded()));
        commitAtSecond(
                3,
                new Change.AttemptEnded(
                        key(1, "list"), 3, TaskState.FAILED, failed("no"), second(3)));

        assertThat(lastAttempt(key(1, "list")).status().late()).isEmpty();
    }

    @Test
    default void aRunThatComesInATurnMayGoFarInIt() {
        givenARun();
        TaskKey list = key(2, "list");
        commitAtSecond(
                1,
                new Change.RunCreated(2, identity("flights", 1), "v1", 0),
                new Change.RunMoved(2, RunState.QUEUED, RunState.RUNNING),
                new Change.AttemptStarted(list, 1, 3),
                new Change.AttemptEnded(list, 3, TaskState.SUCCEEDED, succeeded(), second(1)),
                new Change.TaskExpanded(2, "train", 4),
                new Change.TaskMoved(
                        new TaskKey(2, "train", 1), TaskState.WAITING, TaskState.QUEUED, "full"),
                new Change.TaskMoved(
                        new TaskKey(2, "train", 2), TaskState.WAITING, TaskState.QUEUED, "full"),
                new Change.AttemptStarted(new TaskKey(2, "train", 0), 1, 4),
                new Change.TaskMoved(
                        key(2, "after"), TaskState.WAITING, TaskState.SKIPPED, "by rule"),
                new Change.TaskCleared(key(2, "after")));

        assertThat(store().tasks(2))
                .extracting(view -> view.task().label(), TaskView::state, TaskView::message)
                .containsExactly(
                        tuple("list", TaskState.SUCCEEDED, ""),
                        tuple("train[0]", TaskState.RUNNING, ""),
                        tuple("train[1]", TaskState.QUEUED, "full"),
                        tuple("train[2]", TaskState.QUEUED, "full"),
                        tuple("train[3]", TaskState.WAITING, ""),
                        tuple("after", TaskState.WAITING, ""));
        assertThat(lastAttempt(list).status().state()).isEqualTo(AttemptState.SUCCEEDED);
        assertThat(view(new TaskKey(2, "train", 0)).latest().token()).isEqualTo(4);
        assertThat(view(new TaskKey(2, "train", 0)).latest().started()).contains(second(1));
        assertThat(store().attempts(2, "train"))
                .extracting(attempt -> attempt.status().state())
                .containsExactly(AttemptState.RUNNING);
    }
}
