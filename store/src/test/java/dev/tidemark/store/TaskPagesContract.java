package dev.tidemark.store;

import static dev.tidemark.store.Samples.element;
import static dev.tidemark.store.Samples.failed;
import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.key;
import static dev.tidemark.store.Samples.pipeline;
import static dev.tidemark.store.Samples.succeeded;
import static dev.tidemark.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The task instances of a run are shown page by page, and counted. */
interface TaskPagesContract extends ARun {
    /** More than ten, since texts would sort as 1, 10, 2. */
    int ELEMENTS = 12;

    /**
     * Runs 1 and 2, of which the first is looked at: {@code list}, {@code train} in 12 elements, of
     * which 3 and 11 failed, {@code score} mapped over nothing, and {@code after}.
     */
    private void givenAMappedRun() {
        commit(
                new Change.PipelineRegistered(
                        "v1",
                        pipeline(
                                "flights",
                                task("list"),
                                task("train", element("list")),
                                task("score", element("list")),
                                task("after"))));
        for (long run = 1; run <= 2; run++) {
            commit(
                    new Change.RunCreated(run, identity("flights", (int) run), "v1", 0),
                    new Change.RunMoved(run, RunState.QUEUED, RunState.RUNNING),
                    new Change.TaskExpanded(run, "train", ELEMENTS),
                    new Change.TaskExpanded(run, "score", 0));
        }
        commit(
                new Change.AttemptStarted(key(1, "list"), 1, 1),
                new Change.AttemptStarted(train(3), 1, 2),
                new Change.AttemptStarted(train(11), 1, 3),
                new Change.AttemptStarted(train(4), 1, 4));
        commitAtSecond(
                1,
                ended(key(1, "list"), 1, succeeded(), TaskState.SUCCEEDED),
                ended(train(3), 2, failed("no memory"), TaskState.FAILED),
                ended(train(11), 3, new Outcome.Lost("gone", true), TaskState.FAILED));
    }

    private static TaskKey train(int element) {
        return new TaskKey(1, "train", element);
    }

    private static Change ended(TaskKey key, long token, Outcome outcome, TaskState to) {
        return new Change.AttemptEnded(key, token, to, outcome, Samples.NOON);
    }

    private List<String> labels(TaskFilter filter) {
        return store().tasks(1, filter).stream().map(view -> view.task().label()).toList();
    }

    /** All pages of so many instances, one after the other. */
    private List<TaskView> pages(TaskFilter filter) {
        List<TaskView> all = new ArrayList<>();
        List<TaskView> page = store().tasks(1, filter);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(filter.limit());
            all.addAll(page);
            page = store().tasks(1, filter.after(TaskFilter.Place.of(page.getLast().task())));
        }
        return all;
    }

    @Test
    default void pagesJoinUpToAllInstancesInOrder() {
        givenAMappedRun();
        List<TaskView> all = store().tasks(1);

        assertThat(all).hasSize(ELEMENTS + 2);
        for (int limit = 1; limit <= all.size() + 1; limit++) {
            assertThat(pages(TaskFilter.ALL.limit(limit))).as("by %d", limit).isEqualTo(all);
        }
    }

    @Test
    default void instancesAreFiltered() {
        givenAMappedRun();
        TaskFilter failed = TaskFilter.ALL.state(TaskState.FAILED);
        TaskFilter train = TaskFilter.ALL.task("train");

        assertThat(labels(failed)).containsExactly("train[3]", "train[11]");
        assertThat(labels(failed.task("list"))).isEmpty();
        assertThat(labels(failed.limit(1))).containsExactly("train[3]");
        assertThat(labels(TaskFilter.ALL.task("after"))).containsExactly("after");
        assertThat(labels(TaskFilter.ALL.task("score"))).isEmpty();
        assertThat(labels(TaskFilter.ALL.task("nobody"))).isEmpty();
        assertThat(labels(train.state(TaskState.RUNNING))).containsExactly("train[4]");
        assertThat(labels(train)).hasSize(ELEMENTS);
        assertThat(labels(TaskFilter.ALL.state(TaskState.WAITING)))
                .hasSize(ELEMENTS - 2)
                .startsWith("train[0]")
                .endsWith("train[10]", "after");
        for (TaskState state : TaskState.values()) {
            TaskFilter some = TaskFilter.ALL.state(state);
            assertThat(pages(some.limit(2))).as("%s", state).isEqualTo(store().tasks(1, some));
        }
    }

    @Test
    default void aPageBeginsAfterAPlaceWhetherSomethingStandsThereOrNot() {
        givenAMappedRun();

        assertThat(labels(from("list", TaskKey.NONE).limit(2)))
                .containsExactly("train[0]", "train[1]");
        assertThat(labels(from("train", TaskKey.NONE).limit(1))).containsExactly("train[0]");
        assertThat(labels(from("train", 9))).containsExactly("train[10]", "train[11]", "after");
        assertThat(labels(from("train", 99))).containsExactly("after");
        assertThat(labels(from("score", TaskKey.NONE))).containsExactly("after");
        assertThat(labels(from("list", 0).limit(1))).containsExactly("train[0]");
        assertThat(labels(from("train", 9).task("train")))
                .containsExactly("train[10]", "train[11]");
        assertThat(labels(from("list", TaskKey.NONE).task("train"))).hasSize(ELEMENTS);
        assertThat(labels(from("after", TaskKey.NONE).task("train"))).isEmpty();
        assertThat(labels(from("after", TaskKey.NONE))).isEmpty();
    }

    private static TaskFilter from(String task, int element) {
        return TaskFilter.ALL.after(new TaskFilter.Place(task, element));
    }

    @Test
    default void aPageThatIsToBeginAfterATaskThatTheRunDoesNotHaveIsRefused() {
        givenAMappedRun();

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> store().tasks(1, from("nobody", 3)))
                .withMessageContaining("run 1 has no task 'nobody'")
                .withMessageContaining("begin with the first page")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        assertThat(store().tasks(1, TaskFilter.ALL)).as("the store goes on").isNotEmpty();
        assertThat(store().tasks(9, from("nobody", 3))).isEmpty();
    }

    @Test
    default void aRunUnderAnotherVersionIsShownInTheOrderOfThatVersion() {
        givenAMappedRun();
        commitAtSecond(
                2,
                new Change.PipelineRegistered(
                        "v2", pipeline("flights", task("after"), task("new"), task("train"))),
                new Change.RunReopened(1, 2, "v2", 0));

        assertThat(labels(TaskFilter.ALL.limit(3))).containsExactly("after", "new", "train[0]");
        assertThat(labels(from("after", TaskKey.NONE).limit(1))).containsExactly("new");
        assertThat(store().taskCounts(1))
                .extracting(TaskCounts::task)
                .containsExactly("after", "new", "train");
    }

    @Test
    default void instancesAreCountedByTaskAndState() {
        givenAMappedRun();

        assertThat(store().taskCounts(1))
                .containsExactly(
                        new TaskCounts(
                                "list", Map.of(TaskState.SUCCEEDED, 1), new TaskView.Tally(1, 0)),
                        new TaskCounts(
                                "train",
                                Map.of(
                                        TaskState.WAITING,
                                        ELEMENTS - 3,
                                        TaskState.RUNNING,
                                        1,
                                        TaskState.FAILED,
                                        2),
                                new TaskView.Tally(2, 1)),
                        TaskCounts.none("score"),
                        new TaskCounts("after", Map.of(TaskState.WAITING, 1), TaskView.Tally.NONE));
        assertThat(store().taskCounts(1))
                .extracting(TaskCounts::instances)
                .containsExactly(1, ELEMENTS, 0, 1);
    }

    @Test
    default void eachStateIsCounted() {
        List<TaskState> states = List.of(TaskState.values());
        commit(
                new Change.PipelineRegistered("v1", FLIGHTS),
                new Change.RunCreated(1, identity("flights", 0), "v1", 0),
                new Change.TaskExpanded(1, "train", states.size()));
        for (TaskState state : states) {
            TaskKey key = train(states.indexOf(state));
            if (state != TaskState.WAITING) {
                commit(new Change.TaskMoved(key, TaskState.WAITING, state, ""));
            }
        }

        TaskCounts train = store().taskCounts(1).get(1);

        assertThat(train.states()).containsOnlyKeys(TaskState.values());
        assertThat(train.states().values()).containsOnly(1);
    }
}
