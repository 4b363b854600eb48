package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorClass;
import dev.tidemark.Retry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retries as a run sees them: counts, timers, losses, time-outs. */
final class RetryTest {
    private static final Retry THREE = Retry.transientErrors(3).fixed("10s");

    @Test
    void anAttemptIsTriedAgainWhenItsPauseIsOverAndNotBefore() {
        Story story = Story.of(task("a").retry(THREE)).report("a", Outcomes.TRANSIENT);
        assertThat(story.state("a")).isEqualTo(TaskState.RETRYING);
        assertThat(story.instance("a").due()).isEqualTo(Turns.BEGIN.plusSeconds(10));
        story.advance(Duration.ofMillis(9_999));
        assertThat(story.state("a")).isEqualTo(TaskState.RETRYING);
        story.advance(Duration.ofMillis(1));
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        assertThat(story.succeed("a").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void threeRetriesMakeFourAttempts() {
        Story story = Story.of(task("a").retry(THREE));
        for (int attempt = 1; attempt <= 3; attempt++) {
            story.report("a", Outcomes.TRANSIENT).advance(Duration.ofSeconds(10));
            assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        }
        story.report("a", Outcomes.TRANSIENT);
        assertThat(story.state("a")).isEqualTo(TaskState.FAILED);
        assertThat(story.instance("a").attempts()).isEqualTo(4);
        assertThat(story.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aTimerThatComesEarlyOrTwiceStartsNothing() {
        Story story = Story.of(task("a").retry(THREE)).report("a", Outcomes.TRANSIENT);
        Event due = new Event.RetryDue(story.key("a"));
        story.turns().decide(due);
        assertThat(story.state("a")).isEqualTo(TaskState.RETRYING);
        story.advance(Duration.ofSeconds(10));
        story.turns().decide(due);
        assertThat(story.instance("a").started()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"PERMANENT", "REJECTED"})
    void anErrorThatWouldComeAgainIsFinal(ErrorClass errorClass) {
        Story story = Story.of(task("a").retry(Retry.anyError(9))).fail("a", errorClass);
        assertThat(story.state("a")).isEqualTo(TaskState.FAILED);
    }

    @Test
    void theOtherSideIsNotAskedBeforeTheTimeItNamed() {
        Story story =
                Story.of(task("a").retry(THREE))
                        .report("a", Outcomes.rateLimited(Duration.ofMinutes(5)))
                        .advance(Duration.ofSeconds(299));
        assertThat(story.state("a")).isEqualTo(TaskState.RETRYING);
        assertThat(story.advance(Duration.ofSeconds(1)).state("a")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aPauseWithoutEndDoesNotBreakTheEngine() {
        Story story =
                Story.of(task("a").retry(THREE))
                        .report("a", Outcomes.rateLimited(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(story.state("a")).isEqualTo(TaskState.RETRYING);
    }

    @Test
    void aTimeOutIsATransientFailureAndStopsTheAttempt() {
        Story story =
                Story.of(task("a").retry(THREE).timeout(Duration.ofMinutes(1)))
                        .advance(Duration.ofMinutes(1));
        assertThat(story.state("a")).isEqualTo(TaskState.RETRYING);
        assertThat(story.turns().effects())
                .contains(new Effect.StopAttempt(story.key("a"), 1, "timed out after PT1M"));
        Change.AttemptEnded ended = story.turns().changes(Change.AttemptEnded.class).getFirst();
        assertThat(ended.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        it -> assertThat(it.errorClass()).isEqualTo(ErrorClass.TRANSIENT));
        story.report(story.key("a"), 1, Outcomes.SUCCESS);
        assertThat(story.state("a")).isEqualTo(TaskState.RETRYING);
    }

    @Test
    void theTimeOutOfAnEarlierAttemptDoesNotEndALaterOne() {
        Story story =
                Story.of(task("a").retry(THREE).timeout(Duration.ofMinutes(1)))
                        .advance(Duration.ofSeconds(55))
                        .report("a", Outcomes.TRANSIENT)
                        .advance(Duration.ofSeconds(64));
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        assertThat(story.advance(Duration.ofSeconds(6)).state("a")).isEqualTo(TaskState.RETRYING);
    }

    @Test
    void threeLossesAreBorneAndTheFourthIsFinal() {
        Story story = Story.of(task("a"));
        for (int loss = 1; loss <= RetryRule.MAX_LOSSES; loss++) {
            story.report("a", Outcomes.CHARGED_LOSS).advance(Duration.ZERO);
            assertThat(story.state("a")).as("after loss %s", loss).isEqualTo(TaskState.RUNNING);
        }
        story.report("a", Outcomes.CHARGED_LOSS);
        assertThat(story.state("a")).isEqualTo(TaskState.FAILED);
        assertThat(story.instance("a").attempts()).isZero();
        assertThat(story.instance("a").losses()).isEqualTo(4);
    }

    @Test
    void theDeathOfTheEngineIsNeverCharged() {
        Story story = Story.of(task("a"));
        for (int loss = 1; loss <= 50; loss++) {
            story.report("a", Outcomes.UNCHARGED_LOSS).advance(Duration.ZERO);
        }
        for (int loss = 1; loss <= RetryRule.MAX_LOSSES; loss++) {
            story.report("a", Outcomes.CHARGED_LOSS).advance(Duration.ZERO);
        }
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        assertThat(story.instance("a").started()).isEqualTo(54);
        assertThat(story.instance("a").attempts()).isEqualTo(1);
        assertThat(story.succeed("a").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void lossesUseUpNoRetries() {
        Story story = Story.of(task("a").retry(Retry.transientErrors(1).fixed("1s")));
        story.report("a", Outcomes.CHARGED_LOSS).advance(Duration.ZERO);
        story.report("a", Outcomes.UNCHARGED_LOSS).advance(Duration.ZERO);
        story.report("a", Outcomes.TRANSIENT).advance(Duration.ofSeconds(1));
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        story.report("a", Outcomes.CHARGED_LOSS).advance(Duration.ZERO);
        assertThat(story.report("a", Outcomes.TRANSIENT).state("a")).isEqualTo(TaskState.FAILED);
    }

    @Test
    void aClearGivesAllRetriesAndLossesBackAndCountsOn() {
        Story story = Story.of(task("a").retry(Retry.transientErrors(1).fixed("1s")));
        story.report("a", Outcomes.CHARGED_LOSS).advance(Duration.ZERO);
        story.report("a", Outcomes.TRANSIENT).advance(Duration.ofSeconds(1));
        story.report("a", Outcomes.TRANSIENT);
        assertThat(story.state()).isEqualTo(RunState.FAILED);

        story.again(BackfillPlan.Action.RERUN_FAILED);
        story.report("a", Outcomes.TRANSIENT).advance(Duration.ofSeconds(1));
        for (int loss = 1; loss <= RetryRule.MAX_LOSSES; loss++) {
            story.report("a", Outcomes.CHARGED_LOSS).advance(Duration.ZERO);
        }
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        assertThat(story.succeed("a").instance("a").attempts()).isEqualTo(4);
        assertThat(story.instance("a").losses()).isEqualTo(4);
    }
}
