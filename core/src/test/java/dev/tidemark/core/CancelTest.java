package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.Retry;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CancelTest {
    @Test
    void allThatHasNotEndedIsCancelledAndWhatRunsIsStopped() {
        Story story = Story.withSlots(1, task("a"), task("b"), task("c").after("b"));
        story.cancel();
        assertThat(story.states().values()).containsOnly(TaskState.CANCELLED);
        assertThat(story.state()).isEqualTo(RunState.CANCELLED);
        assertThat(story.turns().effects())
                .contains(new Effect.StopAttempt(story.key("a"), 1, "not needed"));
    }

    @Test
    void whatHasEndedStaysAsItIs() {
        Story story = Story.of(task("a"), task("b").after("a")).succeed("a").cancel();
        assertThat(story.state("a")).isEqualTo(TaskState.SUCCEEDED);
        assertThat(story.state("b")).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void aSuccessThatComesAfterTheCancelIsLate() {
        Story story = Story.of(task("a")).cancel();
        story.report(story.key("a"), 1, Outcomes.SUCCESS);
        assertThat(story.state("a")).isEqualTo(TaskState.CANCELLED);
        assertThat(story.turns().changes(Change.LateResult.class)).hasSize(1);
    }

    @Test
    void aCancelThatComesAfterTheLastSuccessIsRefused() {
        Story story = Story.of(task("a")).succeed("a");
        assertThatThrownBy(story::cancel)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void nothingStartsAfterACancelThoughTimersComeBack() {
        Story story =
                Story.of(task("a").retry(Retry.transientErrors(1)), task("b").after("a"))
                        .report("a", Outcomes.TRANSIENT)
                        .cancel()
                        .advance(Duration.ofDays(3));
        assertThat(story.turns().open()).isEmpty();
        assertThat(story.states().values()).containsOnly(TaskState.CANCELLED);
    }

    @Test
    void anUnknownRunCannotBeCancelled() {
        Turns turns = Turns.of(task("a"));
        assertThatThrownBy(() -> turns.decide(new Event.CancelRequested(7, "not needed")))
                .isInstanceOf(TidemarkException.class)
                .hasMessage("there is no run 7");
    }
}
