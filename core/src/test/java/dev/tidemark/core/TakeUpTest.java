package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Retry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs whose process ended half-way, taken up by another one. */
final class TakeUpTest {
    private static final Retry ONE = Retry.transientErrors(1).fixed("1h");

    @Test
    void whatRanIsLostUnchargedAndStartsAgain() {
        Story story = Story.of(task("a"), task("b").after("a")).succeed("a");
        story.interruptedAndTakenUp().advance(Duration.ZERO);
        assertThat(story.state("b")).isEqualTo(TaskState.RUNNING);
        assertThat(story.instance("b").losses()).isEqualTo(1);
        assertThat(story.instance("b").lossesOfTry()).isZero();
        story.succeed("b");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.run().tryNumber()).isEqualTo(1);
        assertThat(story.instance("a").attempts()).isEqualTo(1);
        assertThat(story.instance("b").attempts()).isEqualTo(1);
    }

    @Test
    void anyNumberOfInterruptionsUsesUpNeitherRetriesNorLosses() {
        Story story = Story.of(task("a").retry(ONE));
        for (int i = 0; i < 20; i++) {
            story.interruptedAndTakenUp().advance(Duration.ZERO);
        }
        story.report("a", Outcomes.TRANSIENT).advance(Duration.ofHours(1)).succeed("a");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.instance("a").attempts()).isEqualTo(2);
        assertThat(story.instance("a").losses()).isEqualTo(20);
    }

    @Test
    void aPauseGoesOnWhereItWas() {
        Story story = Story.of(task("a").retry(ONE)).report("a", Outcomes.TRANSIENT);
        story.advance(Duration.ofMinutes(40)).interruptedAndTakenUp();
        assertThat(story.advance(Duration.ofMinutes(19)).state("a")).isEqualTo(TaskState.RETRYING);
        assertThat(story.advance(Duration.ofMinutes(1)).state("a")).isEqualTo(TaskState.RUNNING);
        assertThat(story.report("a", Outcomes.TRANSIENT).state("a")).isEqualTo(TaskState.FAILED);
    }

    @Test
    void aPauseThatWasOverMeanwhileEndsAtOnce() {
        Story story = Story.of(task("a").retry(ONE)).report("a", Outcomes.TRANSIENT);
        story.turns().restart();
        story.advance(Duration.ofDays(2)).interruptedAndTakenUp().advance(Duration.ZERO);
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void whatWasQueuedIsQueuedAgain() {
        Story story = Story.withSlots(1, task("a"), task("b"), task("c"));
        story.interruptedAndTakenUp();
        assertThat(story.state("b")).isEqualTo(TaskState.RUNNING);
        story.succeed("b", "c").advance(Duration.ZERO).succeed("a");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aReportOfTheEarlierProcessIsLate() {
        Story story = Story.of(task("a"));
        story.interruptedAndTakenUp();
        story.report(story.key("a"), 1, Outcomes.SUCCESS);
        assertThat(story.state("a")).isEqualTo(TaskState.RETRYING);
        story.advance(Duration.ZERO).report(story.key("a"), 1, Outcomes.SUCCESS);
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        assertThat(story.turns().changes(Change.LateResult.class)).hasSize(2);
    }

    @Test
    void aFanOutGoesOnWithItsInstances() {
        Story story =
                Story.of(task("list"), task("each").mapping("list"), task("all").gathering("each"))
                        .list("list", 3)
                        .succeed("each[0]");
        story.interruptedAndTakenUp().advance(Duration.ZERO);
        assertThat(story.turns().open())
                .containsOnlyKeys(story.key("each[1]"), story.key("each[2]"));
        story.succeed("each[1]", "each[2]", "all");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void otherCodeBeginsANewTryThatKeepsWhatIsUnchangedAndSucceeded() {
        Story story =
                Story.of(task("a"), task("b").after("a"), task("c").after("b"), task("side"))
                        .succeed("a", "b", "side");
        story.interruptedAndTakenUp(
                "v2",
                Declared.flow(
                        task("a"),
                        task("side"),
                        task("b").after("a", "side"),
                        task("c").after("b")));
        assertThat(story.run().tryNumber()).isEqualTo(2);
        assertThat(story.turns().open()).containsOnlyKeys(story.key("b"));
        assertThat(story.state("c")).isEqualTo(TaskState.WAITING);
        story.succeed("b", "c");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.instance("a").attempts()).isEqualTo(1);
        assertThat(story.instance("b").attempts()).isEqualTo(2);
    }

    @Test
    void whatFailedUnderTheOldCodeRunsUnderTheNew() {
        Story story = Story.of(task("a"), task("b"), task("below").after("a")).fail("a");
        story.interruptedAndTakenUp("v2", story.run().graph().definition())
                .advance(Duration.ZERO)
                .succeed("a", "b", "below");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void theSameCodeDoesNotRunAgainWhatFailed() {
        Story story = Story.of(task("a"), task("b")).fail("a");
        story.interruptedAndTakenUp().advance(Duration.ZERO).succeed("b");
        assertThat(story.state()).isEqualTo(RunState.FAILED);
        assertThat(story.run().tryNumber()).isEqualTo(1);
    }

    @Test
    void anInterruptedBackfillIsReplacedAndTheRestOfItIsRun() {
        Turns turns = Turns.of(task("a"));
        turns.decide(Backfills.request(Backfills.plan(1, 5, Backfills.days(3))));
        RunIdentity first = turns.run(1).identity();
        turns.restart().load("v1", Declared.flow(task("a")));
        turns.decide(
                new Event.BackfillRequested(
                        Backfills.plan(
                                1,
                                5,
                                List.of(
                                        Backfills.item(first, 1, BackfillPlan.Action.CONTINUE),
                                        Backfills.create(1),
                                        Backfills.create(2))),
                        1));
        assertThat(turns.changes(Change.BackfillEnded.class).getFirst())
                .isEqualTo(
                        new Change.BackfillEnded(
                                1, BackfillState.TAKEN_UP, "interrupted; taken up by backfill 2"));
        turns.advance(Duration.ZERO);
        for (long run = 1; run <= 3; run++) {
            turns.report(new TaskKey(run, "a", TaskKey.NONE), Outcomes.SUCCESS);
        }
        assertThat(turns.changes(Change.BackfillEnded.class).getLast().state())
                .isEqualTo(BackfillState.COMPLETED);
    }
}
