package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.TriggerRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Intervals that ran already, run again. */
final class ReprocessTest {
    private static final PipelineDefinition V2 =
            Declared.flow(
                    task("a"),
                    task("b").after("a"),
                    task("side"),
                    task("new").after("a"),
                    task("c").after("b", "new"));

    private static Story diamond() {
        return Story.of(task("a"), task("b").after("a"), task("side"), task("c").after("b"));
    }

    private static Set<String> running(Story story) {
        return story.turns().open().keySet().stream()
                .map(TaskKey::label)
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void onlyWhatFailedAndWhatIsBelowItRunsAgain() {
        Story story = diamond().succeed("a", "side").fail("b");
        assertThat(story.state()).isEqualTo(RunState.FAILED);
        story.again(BackfillPlan.Action.RERUN_FAILED);
        assertThat(running(story)).containsExactly("b");
        story.succeed("b", "c");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.run().tryNumber()).isEqualTo(2);
        assertThat(story.instance("a").attempts()).isEqualTo(1);
        assertThat(story.instance("side").attempts()).isEqualTo(1);
        assertThat(story.instance("b").attempts()).isEqualTo(2);
    }

    @Test
    void aSuccessBelowAFailureRunsAgainToo() {
        Story story =
                Story.of(task("a"), task("tidy").after("a").when(TriggerRule.ALL_DONE))
                        .fail("a")
                        .succeed("tidy");
        story.again(BackfillPlan.Action.RERUN_FAILED);
        story.succeed("a", "tidy");
        assertThat(story.instance("tidy").attempts()).isEqualTo(2);
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aSkippedTaskThatNothingFailedAboveStaysSkipped() {
        Story story = Story.of(task("a"), task("b")).skip("a").fail("b");
        story.again(BackfillPlan.Action.RERUN_FAILED).succeed("b");
        assertThat(story.state("a")).isEqualTo(TaskState.SKIPPED);
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void allMeansAll() {
        Story story = diamond().succeed("a", "side", "b", "c");
        story.again(BackfillPlan.Action.RERUN_ALL);
        assertThat(running(story)).containsExactlyInAnyOrder("a", "side");
        assertThat(story.state("c")).isEqualTo(TaskState.WAITING);
        assertThat(story.instance("a").result()).isEmpty();
        story.succeed("a", "side", "b", "c");
        assertThat(story.run().tryNumber()).isEqualTo(2);
        assertThat(story.instance("c").attempts()).isEqualTo(2);
    }

    @Test
    void aCancelledRunCanBeRunAgain() {
        Story story = diamond().succeed("a").cancel();
        story.again(BackfillPlan.Action.RERUN_FAILED);
        assertThat(running(story)).containsExactlyInAnyOrder("b", "side");
        story.succeed("side", "b", "c");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aNewTryTakesTheLatestVersionAndRunsWhatIsNewOrChanged() {
        Story story = diamond().succeed("a", "side").fail("b");
        story.turns().load("v2", V2);
        story.again(BackfillPlan.Action.RERUN_FAILED);
        assertThat(running(story)).containsExactlyInAnyOrder("b", "new");
        assertThat(story.run().graph().version()).isEqualTo("v2");
        story.succeed("b", "new", "c");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.instance("side").attempts()).isEqualTo(1);
    }

    @Test
    void aTaskThatTheNewVersionDroppedIsForgotten() {
        Story story = diamond().succeed("a", "b", "c").fail("side");
        story.turns().load("v2", Declared.flow(task("a"), task("b").after("a")));
        story.again(BackfillPlan.Action.RERUN_FAILED);
        assertThat(story.states()).containsOnlyKeys("a", "b");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRunThatAnotherBackfillHasInHandIsPassedOver() {
        Story story = diamond();
        story.again(BackfillPlan.Action.RERUN_ALL);
        assertThat(story.turns().changes(Change.IntervalSkipped.class).getFirst().reason())
                .isEqualTo("in flight");
        assertThat(story.run().tryNumber()).isEqualTo(1);
    }
}
