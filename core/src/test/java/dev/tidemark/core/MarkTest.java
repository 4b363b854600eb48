package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.Retry;
import dev.tidemark.TidemarkException;
import dev.tidemark.TriggerRule;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MarkTest {
    private static Story chain() {
        return Story.of(task("a"), task("b").after("a"), task("c").after("b"));
    }

    private static Story mark(Story story, TaskState to, String... labels) {
        story.turns()
                .decide(
                        new Event.MarkRequested(
                                story.number(),
                                Arrays.stream(labels).map(story::key).toList(),
                                to,
                                "by Ann"));
        return story;
    }

    private static Story succeeded(Story story, String... labels) {
        return mark(story, TaskState.SUCCEEDED, labels);
    }

    private static Story failed(Story story, String... labels) {
        return mark(story, TaskState.FAILED, labels);
    }

    private static Story cancelled(Story story, String... labels) {
        return mark(story, TaskState.CANCELLED, labels);
    }

    @Test
    void aRunningTaskThatIsCancelledIsStoppedAndWhatWaitsForItFollowsItsRule() {
        Story story =
                Story.of(
                        task("a"),
                        task("side"),
                        task("b").after("a"),
                        task("report").after("a").when(TriggerRule.ALL_DONE));
        cancelled(story, "a");
        assertThat(story.states())
                .containsEntry("a", TaskState.CANCELLED)
                .containsEntry("side", TaskState.RUNNING)
                .containsEntry("b", TaskState.UPSTREAM_FAILED)
                .containsEntry("report", TaskState.RUNNING);
        assertThat(story.turns().effects())
                .contains(new Effect.StopAttempt(story.key("a"), 1, "marked by hand: by Ann"));
        story.report(story.key("a"), 1, Outcomes.SUCCESS);
        assertThat(story.turns().changes(Change.LateResult.class)).hasSize(1);
        assertThat(story.succeed("side", "report").state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void whatWaitsForItsTurnIsCancelledToo() {
        Story queued = Story.withSlots(1, task("a"), task("b"));
        assertThat(cancelled(queued, "b").state("b")).isEqualTo(TaskState.CANCELLED);

        Story waiting = chain();
        assertThat(cancelled(waiting, "b").states())
                .containsEntry("b", TaskState.CANCELLED)
                .containsEntry("c", TaskState.UPSTREAM_FAILED);

        Story retrying =
                Story.of(task("a").retry(Retry.transientErrors(1)), task("b").after("a"))
                        .report("a", Outcomes.TRANSIENT);
        assertThat(cancelled(retrying, "a").state()).isEqualTo(RunState.FAILED);
        assertThat(retrying.advance(java.time.Duration.ofDays(1)).turns().open()).isEmpty();
    }

    @Test
    void aCancelledTaskFreesItsSlot() {
        Story story = Story.withSlots(1, task("a"), task("b"));
        cancelled(story, "a");
        assertThat(story.state("b")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void whatHasEndedIsNotCancelled() {
        Story story = chain().succeed("a");
        refused(() -> cancelled(story, "a"), "task a of run", "has already ended");
        refused(() -> cancelled(story.succeed("b", "c"), "c"), "has already SUCCEEDED");
    }

    @Test
    void aFailedTaskThatIsMarkedAsSucceededLetsTheRestRun() {
        Story story = Story.of(task("a"), task("b").after("a"), task("side"));
        story.fail("a");
        assertThat(story.state("b")).isEqualTo(TaskState.UPSTREAM_FAILED);
        succeeded(story, "a");
        assertThat(story.states())
                .containsEntry("a", TaskState.SUCCEEDED)
                .containsEntry("b", TaskState.RUNNING);
        assertThat(story.instance("a").result()).isEmpty();
        assertThat(story.succeed("b", "side").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRunThatHasEndedIsOpenedAndGoesOnWhenItsIntervalIsAskedFor() {
        Story story = chain().fail("a");
        assertThat(story.state()).isEqualTo(RunState.FAILED);
        succeeded(story, "a");
        assertThat(story.state()).isEqualTo(RunState.QUEUED);
        assertThat(story.run().tryNumber()).isEqualTo(2);
        assertThat(story.turns().open()).isEmpty();
        story.again(BackfillPlan.Action.CONTINUE);
        assertThat(story.succeed("b", "c").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRunThatHasNothingLeftToDoEndsWithTheMark() {
        Story story = chain().succeed("a", "b").fail("c");
        assertThat(succeeded(story, "c").state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(failed(story, "c").state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aRunningTaskThatIsMarkedIsStoppedAndFenced() {
        Story story = chain();
        succeeded(story, "a");
        assertThat(story.turns().effects())
                .contains(new Effect.StopAttempt(story.key("a"), 1, "marked by hand: by Ann"));
        assertThat(story.state("b")).isEqualTo(TaskState.RUNNING);
        story.report(story.key("a"), 1, Outcomes.FAILURE);
        assertThat(story.state("a")).isEqualTo(TaskState.SUCCEEDED);
        assertThat(story.turns().changes(Change.LateResult.class)).hasSize(1);
    }

    @Test
    void whatAVoidEndLetThroughWaitsAgain() {
        Story story = chain().succeed("a");
        assertThat(story.state("b")).isEqualTo(TaskState.RUNNING);
        failed(story, "a");
        assertThat(story.states())
                .containsEntry("a", TaskState.FAILED)
                .containsEntry("b", TaskState.UPSTREAM_FAILED)
                .containsEntry("c", TaskState.UPSTREAM_FAILED);
    }

    @Test
    void aTaskWhoseResultIsTakenCannotBeMarkedAsSucceeded() {
        Story story = Story.of(task("a"), task("b").taking("a"));
        refused(
                () -> succeeded(story, "a"),
                "task 'a' cannot be marked as succeeded: 'b' takes its result");
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        assertThat(succeeded(story, "a", "b").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatWouldTakeAResultThatIsNotThereFailsAndSaysWhy() {
        Story story = Story.of(task("a"), task("b").taking("a"));
        succeeded(story, "a", "b");
        story.clear("b").again(BackfillPlan.Action.CONTINUE);
        assertThat(story.state("b")).isEqualTo(TaskState.FAILED);
        assertThat(story.turns().changes(Change.TaskMoved.class).getLast().reason())
                .isEqualTo("'a' was marked by hand, so it left no result to take");
    }

    @Test
    void oneElementOfAMappedTaskCanBeMarked() {
        Story story =
                Story.of(task("list"), task("each").mapping("list"), task("end").after("each"))
                        .list("list", 2)
                        .fail("each[0]");
        succeeded(story, "each[0]");
        assertThat(story.states())
                .isEqualTo(
                        Map.of(
                                "list", TaskState.SUCCEEDED,
                                "each[0]", TaskState.SUCCEEDED,
                                "each[1]", TaskState.RUNNING,
                                "end", TaskState.WAITING));
        assertThat(story.succeed("each[1]", "end").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anInterruptedRunIsOpenedBeforeATaskOfItIsMarked() {
        Story story = chain();
        story.turns().restart().load("v1", Declared.flow(task("a"), task("b").after("a")));
        failed(story, "a");
        assertThat(story.state()).isEqualTo(RunState.QUEUED);
        assertThat(story.states())
                .containsEntry("a", TaskState.FAILED)
                .containsEntry("b", TaskState.WAITING);
        assertThat(story.turns().open()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED"})
    void whatStandsSoAlreadyIsRefused(TaskState to) {
        Story story = mark(Story.of(task("a"), task("b")), to, "a");
        refused(() -> mark(story, to, "a"), "has already ended as " + to);
    }

    @Test
    void whatIsNotThereIsRefused() {
        Story story = chain();
        refused(
                () ->
                        story.turns()
                                .decide(
                                        new Event.MarkRequested(
                                                story.number(),
                                                java.util.List.of(
                                                        new TaskKey(1, "nobody", TaskKey.NONE)),
                                                TaskState.FAILED,
                                                "")),
                "no task nobody");
    }

    private static void refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable mark, String... message) {
        assertThatThrownBy(mark)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContainingAll(message);
    }
}
