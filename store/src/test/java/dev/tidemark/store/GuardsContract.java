package dev.tidemark.store;

import static dev.tidemark.store.Samples.day;
import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.key;
import static dev.tidemark.store.Samples.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A change that does not fit what is kept is refused, and the whole turn with it. */
interface GuardsContract extends ARun {
    /** Run 1: list runs its first attempt under token 5, train is expanded; backfill 1 ended. */
    private void givenARunUnderWay() {
        givenARun();
        commit(
                new Change.AttemptStarted(key(1, "list"), 1, 5),
                new Change.TaskExpanded(1, "train", 2),
                new Change.BackfillCreated(1, Samples.plan("flights", 2)),
                new Change.BackfillEnded(1, BackfillState.COMPLETED, ""));
    }

    private static List<Change> misfits() {
        TaskKey list = key(1, "list");
        TaskKey after = key(1, "after");
        return List.of(
                new Change.RunCreated(1, identity("flights", 1), "v1", 0),
                new Change.RunCreated(2, identity("flights", 1), "v9", 0),
                new Change.RunCreated(2, identity("nobody", 1), "v1", 0),
                new Change.RunCreated(2, named("other", identity("flights", 0)), "v1", 0),
                new Change.RunCreated(2, elsewhere(identity("flights", 0)), "v1", 0),
                new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING),
                new Change.RunMoved(2, RunState.QUEUED, RunState.RUNNING),
                new Change.RunReopened(1, 3, "v1", 0),
                new Change.RunReopened(1, 0, "v1", 0),
                new Change.RunReopened(1, 2, "v9", 0),
                new Change.RunReopened(2, 1, "v1", 0),
                new Change.TasksVerified("flights", "v9", Set.of("list")),
                new Change.TasksVerified("nobody", "v1", Set.of("list")),
                new Change.TaskExpanded(1, "train", 2),
                new Change.TaskExpanded(1, "list", 2),
                new Change.TaskExpanded(1, "nobody", 2),
                new Change.TaskMoved(after, TaskState.QUEUED, TaskState.CANCELLED, ""),
                new Change.TaskMoved(list, TaskState.WAITING, TaskState.SKIPPED, ""),
                new Change.TaskMoved(key(2, "list"), TaskState.WAITING, TaskState.SKIPPED, ""),
                new Change.TaskCleared(key(1, "nobody")),
                new Change.TaskCleared(new TaskKey(1, "train", 2)),
                new Change.TaskCleared(new TaskKey(1, "list", 0)),
                new Change.AttemptStarted(list, 2, 6),
                new Change.AttemptStarted(after, 2, 6),
                new Change.AttemptStarted(key(1, "train"), 1, 6),
                new Change.AttemptEnded(list, 4, TaskState.SUCCEEDED, succeeded(), Samples.NOON),
                new Change.AttemptEnded(list, 6, TaskState.SUCCEEDED, succeeded(), Samples.NOON),
                new Change.AttemptEnded(after, 5, TaskState.SUCCEEDED, succeeded(), Samples.NOON),
                new Change.AttemptEnded(after, 0, TaskState.SUCCEEDED, succeeded(), Samples.NOON),
                new Change.BackfillCreated(1, Samples.plan("flights", 1)),
                new Change.IntervalSkipped(1, day(0), ""),
                new Change.IntervalSkipped(2, day(0), ""),
                new Change.BackfillMoved(1, BackfillState.RUNNING, BackfillState.PAUSED),
                new Change.BackfillMoved(2, BackfillState.RUNNING, BackfillState.PAUSED),
                new Change.BackfillEnded(1, BackfillState.HALTED, ""));
    }

    private static RunIdentity named(String name, RunIdentity same) {
        return new RunIdentity(same.pipeline(), name, same.interval(), same.parameters());
    }

    private static RunIdentity elsewhere(RunIdentity same) {
        return new RunIdentity(same.pipeline(), same.name(), day(9), Map.of());
    }

    @TestFactory
    default Stream<DynamicTest> whatDoesNotFitIsRefused() {
        givenARunUnderWay();
        return misfits().stream()
                .map(
                        misfit ->
                                DynamicTest.dynamicTest(
                                        misfit.toString(), () -> assertRefused(misfit)));
    }

    private void assertRefused(Change misfit) {
        Everything before = Everything.in(store());

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> commit(misfit))
                .withMessageContaining("disagrees about")
                .withMessageContaining(misfit.getClass().getSimpleName())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        assertThat(Everything.in(store())).isEqualTo(before);
    }

    @Test
    default void anAttemptThatReportsTwiceIsRefusedTheSecondTime() {
        givenARunUnderWay();
        Change ended =
                new Change.AttemptEnded(
                        key(1, "list"), 5, TaskState.SUCCEEDED, succeeded(), Samples.NOON);
        commit(ended);

        assertRefused(ended);
    }

    @Test
    default void aTokenNeverGoesBack() {
        givenARunUnderWay();
        commit(
                new Change.AttemptEnded(
                        key(1, "list"), 5, TaskState.RETRYING, Samples.failed("no"), Samples.NOON));

        assertRefused(new Change.AttemptStarted(key(1, "list"), 2, 5));
        commit(new Change.AttemptStarted(key(1, "list"), 2, 6));
    }

    @Test
    default void theOneAmongManyLikeMovesThatDoesNotFitIsNamed() {
        givenARunUnderWay();
        Everything before = Everything.in(store());

        for (TaskKey misfit : List.of(key(1, "list"), new TaskKey(1, "train", 2), key(1, "gone"))) {
            List<Change> turn = new ArrayList<>();
            for (TaskKey key : List.of(key(1, "after"), new TaskKey(1, "train", 1))) {
                turn.add(moved(key));
            }
            turn.add(1, moved(misfit));
            assertThatExceptionOfType(TidemarkException.class)
                    .isThrownBy(() -> Samples.commit(store(), turn, Samples.second(1)))
                    .withMessageContaining("disagrees about task " + misfit.label() + " of run 1");
            assertThat(Everything.in(store())).isEqualTo(before);
        }
    }

    @Test
    default void oneThatMovesTwiceTheSameWayIsRefused() {
        givenARunUnderWay();

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> commit(moved(key(1, "after")), moved(key(1, "after"))))
                .withMessageContaining("disagrees about task after of run 1");
        assertThat(view(key(1, "after")).state()).isEqualTo(TaskState.WAITING);
    }

    private static Change moved(TaskKey key) {
        return new Change.TaskMoved(key, TaskState.WAITING, TaskState.SKIPPED, "alike");
    }

    @Test
    default void aMisfitAnywhereInATurnTakesTheWholeTurnBack() {
        givenARunUnderWay();
        List<Change> turn = turnOfEveryKind();
        Change misfit = new Change.RunMoved(99, RunState.QUEUED, RunState.RUNNING);
        Everything before = Everything.in(store());

        for (int place = 0; place <= turn.size(); place++) {
            List<Change> spoilt = new ArrayList<>(turn);
            spoilt.add(place, misfit);
            assertThatExceptionOfType(TidemarkException.class)
                    .isThrownBy(() -> Samples.commit(store(), spoilt, Samples.second(1)));
            assertThat(Everything.in(store())).as("misfit at %s", place).isEqualTo(before);
            assertThat(store().definition("new", "v1")).isEmpty();
        }

        Samples.commit(store(), turn, Samples.second(1));
        assertThat(Everything.in(store())).isNotEqualTo(before);
    }

    /** A turn that {@link #givenARunUnderWay} can take, with every kind of change in it. */
    static List<Change> turnOfEveryKind() {
        TaskKey list = key(1, "list");
        return List.of(
                new Change.PipelineRegistered("v1", Samples.pipeline("new", Samples.task("only"))),
                new Change.TasksVerified("new", "v1", Set.of("only")),
                new Change.BackfillCreated(2, Samples.plan("flights", 2)),
                new Change.RunCreated(2, identity("flights", 1), "v1", 2),
                new Change.RunMoved(2, RunState.QUEUED, RunState.RUNNING),
                new Change.TaskExpanded(2, "train", 3),
                new Change.IntervalSkipped(2, day(0), "already done"),
                new Change.AttemptEnded(
                        list,
                        5,
                        TaskState.SUCCEEDED,
                        succeeded(Samples.evidence("a", "p", 1)),
                        Samples.NOON),
                new Change.TaskMoved(
                        key(1, "after"), TaskState.WAITING, TaskState.QUEUED, "no free slot"),
                new Change.AttemptStarted(key(1, "after"), 1, 6),
                new Change.LateResult(list, 5, succeeded()),
                new Change.TaskCleared(key(1, "train")),
                new Change.RunMoved(1, RunState.RUNNING, RunState.CANCELLED),
                new Change.RunReopened(1, 2, "v1", 2),
                new Change.TaskCleared(list),
                new Change.BackfillMoved(2, BackfillState.RUNNING, BackfillState.PAUSED),
                new Change.BackfillEnded(2, BackfillState.COMPLETED, ""));
    }
}
