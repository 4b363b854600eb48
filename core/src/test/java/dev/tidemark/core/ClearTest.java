package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.Retry;
import dev.tidemark.TidemarkException;
import dev.tidemark.TriggerRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClearTest {
    private static Story chain() {
        return Story.of(task("a"), task("b").after("a"), task("side"));
    }

    @Test
    void aFinishedRunIsQueuedAndRunsWhenItsIntervalIsAskedFor() {
        Story story = chain().succeed("a", "side", "b").clear("b");
        assertThat(story.state()).isEqualTo(RunState.QUEUED);
        assertThat(story.run().tryNumber()).isEqualTo(2);
        assertThat(story.state("b")).isEqualTo(TaskState.WAITING);
        assertThat(story.state("a")).isEqualTo(TaskState.SUCCEEDED);
        assertThat(story.turns().open()).isEmpty();

        story.again(BackfillPlan.Action.CONTINUE);
        assertThat(story.turns().open()).containsOnlyKeys(story.key("b"));
        assertThat(story.succeed("b").state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.instance("b").attempts()).isEqualTo(2);
    }

    @Test
    void aRunningAttemptIsStoppedAndFenced() {
        Story story = chain().clear("a");
        assertThat(story.turns().effects())
                .contains(new Effect.StopAttempt(story.key("a"), 1, "cleared to run again"));
        assertThat(story.instance("a").token()).isGreaterThan(1);
        story.report(story.key("a"), 1, Outcomes.SUCCESS);
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        assertThat(story.turns().changes(Change.LateResult.class)).hasSize(1);
    }

    @Test
    void aRunThatIsUnderWayGoesOnWithWhatWasCleared() {
        Story story = chain().succeed("a").clear("a", "b");
        assertThat(story.state()).isEqualTo(RunState.RUNNING);
        assertThat(story.states())
                .containsEntry("a", TaskState.RUNNING)
                .containsEntry("b", TaskState.WAITING)
                .containsEntry("side", TaskState.RUNNING);
        story.succeed("side", "a", "b");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.turns().changes(Change.BackfillEnded.class))
                .extracting(Change.BackfillEnded::state)
                .containsExactly(BackfillState.COMPLETED);
    }

    @Test
    void aClearedRunCanBeCancelledBeforeItRuns() {
        Story story = chain().succeed("a", "side", "b").clear("b").cancel();
        assertThat(story.state()).isEqualTo(RunState.CANCELLED);
        assertThat(story.state("b")).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void oneInstanceOfAMappedTaskCanBeCleared() {
        Story story =
                Story.of(task("list"), task("each").mapping("list"))
                        .list("list", 2)
                        .succeed("each[0]", "each[1]")
                        .clear("each[1]")
                        .again(BackfillPlan.Action.CONTINUE);
        assertThat(story.turns().open()).containsOnlyKeys(story.key("each[1]"));
    }

    @Test
    void whatWaitsForARetryBelowAClearedTaskWaitsForThatTaskAgain() {
        Story story =
                Story.of(task("a"), task("b").after("a").retry(Retry.transientErrors(1)))
                        .succeed("a")
                        .report("b", Outcomes.TRANSIENT)
                        .clear("a")
                        .advance(Duration.ofHours(1));
        assertThat(story.state("b")).isEqualTo(TaskState.WAITING);
        assertThat(story.succeed("a", "b").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anAttemptBelowAClearedTaskIsStoppedAndStartsAgainAfterIt() {
        Story story = chain().succeed("a").clear("a");
        assertThat(story.state("b")).isEqualTo(TaskState.WAITING);
        assertThat(story.turns().effects())
                .anyMatch(
                        effect ->
                                effect instanceof Effect.StopAttempt stop
                                        && stop.task().equals(story.key("b")));
        assertThat(story.succeed("a", "b", "side").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatHasEndedBelowAClearedTaskStaysAsItIs() {
        Story story = chain().succeed("a", "b").clear("a");
        assertThat(story.state("b")).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aTaskThatIsBeingMappedOverAClearedListIsMappedOverTheNewOne() {
        Story story =
                Story.of(task("list"), task("each").mapping("list"))
                        .list("list", 3)
                        .succeed("each[0]")
                        .clear("list");
        assertThat(story.state("each")).isEqualTo(TaskState.WAITING);
        story.list("list", 1);
        assertThat(story.succeed("each[0]").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatAnElementOfAClearedListLetThroughWaitsToo() {
        Story story =
                Story.of(
                                task("list"),
                                task("each").mapping("list"),
                                task("first").after("each").when(TriggerRule.ONE_SUCCESS))
                        .list("list", 2)
                        .succeed("each[0]");
        assertThat(story.state("first")).isEqualTo(TaskState.RUNNING);
        assertThat(story.clear("list").state("first")).isEqualTo(TaskState.WAITING);
    }

    @Test
    void aTaskAndOneOfItsInstancesCanBeClearedTogether() {
        Story story =
                Story.of(task("list"), task("each").mapping("list"), task("other"))
                        .list("list", 2)
                        .succeed("each[1]");
        TaskKey whole = new TaskKey(story.number(), "each", TaskKey.NONE);
        story.clear(List.of(whole, story.key("each[1]")));
        assertThat(story.state("each[1]")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anElementThatIsClearedWithItsListDoesNotStartWithoutIt() {
        Story story =
                Story.of(
                                task("list"),
                                task("each").mapping("list").when(TriggerRule.ALWAYS),
                                task("other"))
                        .list("list", 2)
                        .succeed("each[0]", "each[1]");
        story.clear(
                List.of(new TaskKey(story.number(), "list", TaskKey.NONE), story.key("each[0]")));
        assertThat(story.state("each[0]")).isEqualTo(TaskState.WAITING);
        story.report("list", Outcomes.FAILURE);
        assertThat(story.state("each[0]")).isEqualTo(TaskState.UPSTREAM_FAILED);
        assertThat(story.state("each[1]")).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void whatIsNotThereIsRefused() {
        Story story = Story.of(task("list"), task("each").mapping("list")).list("list", 2);
        refused(story, new TaskKey(1, "nobody", TaskKey.NONE), "no task nobody");
        refused(story, new TaskKey(1, "each", 2), "no task each[2]");
        refused(story, new TaskKey(1, "list", 0), "no task list[0]");
        refused(story, new TaskKey(2, "list", TaskKey.NONE), "no task list");
    }

    private static void refused(Story story, TaskKey key, String message) {
        assertThatThrownBy(() -> story.clear(List.of(key)))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining(message);
    }
}
