package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Retry;
import dev.tidemark.TriggerRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FanOutTest {
    private static Story lists() {
        return Story.of(
                task("list"),
                task("each").mapping("list").retry(Retry.transientErrors(1)),
                task("all").gathering("each"));
    }

    @Test
    void aMappedTaskRunsOnceForEachElementAndIsThenGathered() {
        Story story = lists().list("list", 3);
        assertThat(story.states())
                .containsOnlyKeys("list", "each[0]", "each[1]", "each[2]", "all")
                .containsEntry("each[2]", TaskState.RUNNING)
                .containsEntry("all", TaskState.WAITING);
        story.succeed("each[1]", "each[0]");
        assertThat(story.state("all")).isEqualTo(TaskState.WAITING);
        story.succeed("each[2]", "all");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anEmptyListSkipsTheMappedTask() {
        Story story = lists().list("list", 0);
        assertThat(story.state("each")).isEqualTo(TaskState.SKIPPED);
        assertThat(story.state("all")).isEqualTo(TaskState.SKIPPED);
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aListOfTheMostElementsIsExpanded() {
        Story story = lists();
        State state = story.turns().state();
        Outcome list = Outcomes.list(TaskDecisions.MAX_ELEMENTS);
        Event report = new Event.AttemptReported(story.key("list"), 1, list);
        Decider.decide(state, report, Turns.BEGIN)
                .changes()
                .forEach(change -> state.fold(change, Turns.BEGIN));
        Event next = new Event.Reconsider(story.number(), "each");
        assertThat(Decider.decide(state, next, Turns.BEGIN).changes())
                .containsExactly(
                        new Change.TaskExpanded(
                                story.number(), "each", TaskDecisions.MAX_ELEMENTS));
    }

    @Test
    void aListWithOneElementMoreFailsTheMappedTask() {
        Story story = lists().list("list", TaskDecisions.MAX_ELEMENTS + 1);
        assertThat(story.state("each")).isEqualTo(TaskState.FAILED);
        assertThat(story.state("all")).isEqualTo(TaskState.UPSTREAM_FAILED);
        assertThat(story.turns().changes(Change.TaskMoved.class).getFirst().reason())
                .isEqualTo("FAN_OUT_TOO_LARGE: the list has 100001 elements; the most is 100000");
    }

    @Test
    void aResultThatIsNoListFailsTheMappedTaskInsteadOfHangingTheRun() {
        Story story = lists().succeed("list");
        assertThat(story.state("each")).isEqualTo(TaskState.FAILED);
        assertThat(story.state()).isEqualTo(RunState.FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "ONE_SUCCESS", "ONE_DONE"})
    void aMappedTaskWhoseRuleIsContentEarlyStillWaitsForItsList(TriggerRule rule) {
        Story story =
                Story.of(
                        task("other"),
                        task("list"),
                        task("each").mapping("list").after("other").when(rule));
        story.succeed("other");
        assertThat(story.state("each")).isEqualTo(TaskState.WAITING);
        story.list("list", 1).succeed("each[0]");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aListThatWasSkippedSkipsWhatIsMappedOverIt() {
        Story story =
                Story.of(task("list"), task("each").mapping("list").when(TriggerRule.NONE_FAILED));
        story.skip("list");
        assertThat(story.state("each")).isEqualTo(TaskState.SKIPPED);
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aListThatFailedLeavesNothingToMapOver() {
        Story story =
                Story.of(task("list"), task("each").mapping("list").when(TriggerRule.ALL_DONE));
        story.fail("list");
        assertThat(story.state("each")).isEqualTo(TaskState.UPSTREAM_FAILED);
    }

    @Test
    void oneFailedInstanceFailsWhatGathersThem() {
        Story story = lists().list("list", 3).succeed("each[0]").fail("each[1]");
        assertThat(story.state("all")).isEqualTo(TaskState.UPSTREAM_FAILED);
        assertThat(story.state()).isEqualTo(RunState.RUNNING);
        assertThat(story.succeed("each[2]").state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void anInstanceIsRetriedByItself() {
        Story story = lists().list("list", 2).report("each[1]", Outcomes.TRANSIENT);
        story.succeed("each[0]").advance(Duration.ofSeconds(1)).succeed("each[1]", "all");
        assertThat(story.instance("each[1]").attempts()).isEqualTo(2);
        assertThat(story.instance("each[0]").attempts()).isEqualTo(1);
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void onlyTheInstancesThatFailedRunAgain() {
        Story story = lists().list("list", 3).succeed("each[0]").fail("each[1]").succeed("each[2]");
        story.again(BackfillPlan.Action.RERUN_FAILED);
        assertThat(story.turns().open()).containsOnlyKeys(story.key("each[1]"));
        story.succeed("each[1]", "all");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.instance("each[0]").attempts()).isEqualTo(1);
        assertThat(story.instance("each[1]").attempts()).isEqualTo(2);
        assertThat(story.instance("list").attempts()).isEqualTo(1);
    }

    @Test
    void aListThatRunsAgainIsExpandedAnew() {
        Story story = lists().list("list", 3).succeed("each[0]", "each[1]", "each[2]", "all");
        story.again(BackfillPlan.Action.RERUN_ALL);
        assertThat(story.states()).containsOnlyKeys("list", "each", "all");
        story.list("list", 1).succeed("each[0]", "all");
        assertThat(story.states()).containsOnlyKeys("list", "each[0]", "all");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aReportForAnElementThatIsGoneIsLate() {
        Story story = lists().list("list", 3);
        TaskKey third = story.key("each[2]");
        long token = story.instance("each[2]").token();
        story.clear(java.util.List.of(story.key("list"), new TaskKey(third.run(), "each", -1)));
        assertThat(story.states()).containsOnlyKeys("list", "each", "all");
        story.report(third, token, Outcomes.SUCCESS);
        assertThat(story.turns().changes(Change.LateResult.class)).hasSize(1);
        assertThat(story.state("each")).isEqualTo(TaskState.WAITING);
    }
}
