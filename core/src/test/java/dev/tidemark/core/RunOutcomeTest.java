package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.TriggerRule;
import org.junit.jupiter.api.Test;

final class RunOutcomeTest {
    @Test
    void aRunSucceedsWhenAllItsTasksSucceeded() {
        Story story = Story.of(task("a"), task("b").after("a")).succeed("a", "b");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aSkippedTaskDoesNotFailItsRun() {
        Story story = Story.of(task("a"), task("b").after("a")).skip("a");
        assertThat(story.state("b")).isEqualTo(TaskState.SKIPPED);
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aFailedTaskFailsItsRunThoughATolerantLeafFollows() {
        Story story =
                Story.of(task("a"), task("b").after("a").when(TriggerRule.ALL_DONE))
                        .fail("a")
                        .succeed("b");
        assertThat(story.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aFailureThatMayHappenIsForgivenWithAllThatCouldNotRunBecauseOfIt() {
        Story story =
                Story.of(task("a").mayFail(), task("b").after("a"), task("c").after("b")).fail("a");
        assertThat(story.state("c")).isEqualTo(TaskState.UPSTREAM_FAILED);
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatCouldNotRunBecauseOfAnotherFailureTooIsNotForgiven() {
        Story story =
                Story.of(task("a").mayFail(), task("b"), task("c").after("a", "b"))
                        .fail("a")
                        .fail("b");
        assertThat(story.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aTaskBelowAForgivenOneMayFailItsRunByItself() {
        Story story =
                Story.of(task("a").mayFail(), task("b").after("a").when(TriggerRule.ALL_DONE))
                        .fail("a")
                        .fail("b");
        assertThat(story.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void mayFailForgivesNoFailureUpstream() {
        Story story = Story.of(task("a"), task("b").after("a").mayFail()).fail("a");
        assertThat(story.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void oneFailedInstanceOfAMappedTaskThatMayFailIsForgiven() {
        Story story =
                Story.of(task("list"), task("each").mapping("list").mayFail())
                        .list("list", 2)
                        .fail("each[0]")
                        .succeed("each[1]");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aStoppedAttemptFailsItsRun() {
        Story story = Story.of(task("a")).report("a", new Outcome.Stopped("by hand"));
        assertThat(story.state("a")).isEqualTo(TaskState.CANCELLED);
        assertThat(story.state()).isEqualTo(RunState.FAILED);
    }
}
