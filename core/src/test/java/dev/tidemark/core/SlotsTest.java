package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The {@link Inspector} counts running attempts after every event of every test. */
final class SlotsTest {
    @Test
    void tasksThatFindNoSlotAreQueuedAndStartFirstComeFirst() {
        Declared[] tasks =
                IntStream.range(0, 6).mapToObj(i -> task("t" + i)).toArray(Declared[]::new);
        Story story = Story.withSlots(2, tasks);
        assertThat(story.states().values())
                .containsExactly(
                        TaskState.RUNNING,
                        TaskState.RUNNING,
                        TaskState.QUEUED,
                        TaskState.QUEUED,
                        TaskState.QUEUED,
                        TaskState.QUEUED);
        List<String> started = new ArrayList<>();
        while (!story.turns().open().isEmpty()) {
            String first = story.turns().open().keySet().iterator().next().label();
            started.add(first);
            story.succeed(first);
        }
        assertThat(started).containsExactly("t0", "t1", "t2", "t3", "t4", "t5");
    }

    @Test
    void aRetryQueuesBehindThoseThatWaitAlready() {
        Story story =
                Story.withSlots(
                        1,
                        task("a").retry(Retry.transientErrors(1).fixed("1s")),
                        task("b"),
                        task("c"));
        story.report("a", Outcomes.TRANSIENT).advance(Duration.ofSeconds(1));
        assertThat(story.states())
                .containsEntry("a", TaskState.QUEUED)
                .containsEntry("b", TaskState.RUNNING)
                .containsEntry("c", TaskState.QUEUED);
        story.succeed("b");
        assertThat(story.state("c")).isEqualTo(TaskState.RUNNING);
        story.succeed("c", "a");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aTaskThatBecomesReadyDoesNotOvertakeTheQueue() {
        Story story = Story.withSlots(1, task("a"), task("b"), task("below").after("a"));
        story.succeed("a");
        assertThat(story.state("b")).isEqualTo(TaskState.RUNNING);
        assertThat(story.state("below")).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aSlotFreedByACancelGoesToTheNextInLine() {
        Turns turns = Turns.withSlots(1).load("v1", Declared.flow(task("a")));
        turns.decide(Backfills.request(Backfills.plan(2, 5, Backfills.days(2))));
        turns.decide(new Event.CancelRequested(1, "not needed"));
        assertThat(turns.run(2).nodes().iterator().next().instances().getFirst().state())
                .isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aSlotFreedByAClearGoesToTheNextInLine() {
        Story story = Story.withSlots(1, task("list"), task("a").after("list"), task("b"));
        story.succeed("list", "b");
        assertThat(story.state("a")).isEqualTo(TaskState.RUNNING);
        Story other = Story.of(story.turns());
        assertThat(other.state("list")).isEqualTo(TaskState.QUEUED);
        story.clear("list", "a");
        assertThat(other.state("list")).isEqualTo(TaskState.RUNNING);
        assertThat(story.state("list")).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void whatIsClearedWhileItIsQueuedLeavesTheQueue() {
        Story story = Story.withSlots(1, task("other"), task("list"), task("each").mapping("list"));
        story.succeed("other").list("list", 3);
        assertThat(story.state("each[2]")).isEqualTo(TaskState.QUEUED);
        story.clear(List.of(story.key("list"), new TaskKey(story.number(), "each", -1)));
        assertThat(story.states())
                .containsEntry("list", TaskState.RUNNING)
                .containsEntry("each", TaskState.WAITING);
        story.list("list", 1).succeed("each[0]");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRunThatIsNotUnderWayHoldsNoSlot() {
        Turns turns = Turns.withSlots(1).load("v1", Declared.flow(task("a")));
        Story interrupted = Story.of(turns);
        turns.restart().load("v1", Declared.flow(task("a")));
        interrupted.clear(List.of());
        assertThat(turns.state().freeSlots()).isEqualTo(1);
    }

    /** Its attempts died with the process that ran them; they must not keep others waiting. */
    @Test
    void aRunThatWaitsToBeTakenUpHoldsNoSlot() {
        Turns turns = Turns.withSlots(1).load("v1", Declared.flow(task("a")));
        Story interrupted = Story.of(turns);
        turns.restart().load("v2", Declared.flow(task("a"), task("b").after("a")));
        turns.decide(
                Backfills.request(
                        Backfills.plan(
                                1,
                                5,
                                List.of(
                                        Backfills.create(1),
                                        Backfills.item(
                                                interrupted.run().identity(),
                                                interrupted.number(),
                                                BackfillPlan.Action.CONTINUE)))));
        TaskKey fresh = turns.open().keySet().iterator().next();
        assertThat(fresh.run()).isEqualTo(2);
        turns.report(fresh, Outcomes.SUCCESS);
        assertThat(turns.open()).containsOnlyKeys(new TaskKey(2, "b", TaskKey.NONE));
    }
}
