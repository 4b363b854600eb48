package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Retry;
import dev.tidemark.TriggerRule;
import dev.tidemark.core.Condition.Kind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** For each thing that something may wait for, what is said about it. */
final class WhyTest {
    private static final String POOL = "warehouse";

    private static Condition only(Story story, String label) {
        List<Condition> conditions = all(story, label);
        assertThat(conditions).as("conditions of %s", label).hasSize(1);
        return conditions.getFirst();
    }

    private static List<Condition> all(Story story, String label) {
        return new Why(story.turns().state(), story.run(), story.turns().now())
                .task(story.key(label));
    }

    private static Condition run(Story story) {
        return new Why(story.turns().state(), story.run(), story.turns().now()).run();
    }

    private static Story withPool(int slots, OptionalInt rate, Declared... tasks) {
        Turns turns = Turns.of(tasks);
        turns.decide(new Event.PoolSetRequested(new PoolLimit(POOL, slots, rate)));
        return Story.of(turns);
    }

    private static void assertSays(Condition condition, Kind kind, String... words) {
        assertThat(condition.kind()).as(condition.text()).isEqualTo(kind);
        assertThat(condition.text()).contains(words);
    }

    @Test
    void aTaskWaitsForThoseUpstreamThatHaveNotEnded() {
        Story story = Story.of(task("a"), task("b"), task("c").after("a", "b"));
        story.succeed("a");
        Condition condition = only(story, "c");
        assertSays(condition, Kind.UPSTREAMS, "ALL_SUCCESS waits for b");
        assertThat(condition.tasks()).containsExactly(story.key("b"));
        assertSays(only(story, "a"), Kind.TASK_ENDED, "SUCCEEDED");
    }

    @Test
    void aMappedTaskWaitsForItsList() {
        Story story = Story.of(task("list"), task("each").mapping("list").when(TriggerRule.ALWAYS));
        assertSays(only(story, "each"), Kind.LIST, "'list'");
    }

    @Test
    void whatRunsSaysSinceWhenAndUntilWhenAtTheLatest() {
        Story story = Story.of(task("a").timeout(Duration.ofMinutes(5)));
        Condition condition = only(story, "a");
        assertSays(condition, Kind.TASK_RUNNING, "attempt 1 runs since " + Turns.BEGIN);
        assertThat(condition.until()).contains(Turns.BEGIN.plus(Duration.ofMinutes(5)));
        assertSays(run(story), Kind.RUN_RUNNING, "under way");
    }

    @Test
    void aRetrySaysWhenItStarts() {
        Story story = Story.of(task("a").retry(Retry.transientErrors(1).fixed("30s")));
        story.report("a", Outcomes.TRANSIENT);
        Condition condition = only(story, "a");
        assertSays(condition, Kind.RETRY, "attempt 2 starts at");
        assertThat(condition.until()).contains(Turns.BEGIN.plusSeconds(30));
    }

    @Test
    void aFullEngineIsSaidToBeHeldByThese() {
        Story story = Story.withSlots(1, task("a"), task("b"), task("c"));
        Condition condition = only(story, "c");
        assertSays(condition, Kind.SLOTS, "held by 1 attempt: a", "1 task in line");
        assertThat(condition.tasks()).containsExactly(story.key("a"));
    }

    @Test
    void aFullPoolIsSaidToBeHeldByThese() {
        Story story =
                withPool(3, OptionalInt.empty(), task("a").pool(POOL, 2), task("b").pool(POOL, 2));
        Condition condition = only(story, "b");
        assertSays(condition, Kind.POOL_FULL, "2 of 3 slots of pool warehouse; a");
        assertThat(condition.tasks()).containsExactly(story.key("a"));
    }

    @Test
    void aTaskThatIsTooHeavyIsToldSo() {
        Story story = withPool(3, OptionalInt.empty(), task("a").pool(POOL, 4));
        assertSays(only(story, "a"), Kind.POOL_TOO_SMALL, "4 of 3 slots", "tidemark pools set");
    }

    @Test
    void slotsThatAreKeptAreSaidToBeKept() {
        Story story =
                withPool(
                        2,
                        OptionalInt.empty(),
                        task("a").pool(POOL, 1),
                        task("heavy").pool(POOL, 2));
        story.advance(Admission.PATIENCE);
        Story other = Story.of(story.turns().load("v2", Declared.flow(task("b").pool(POOL, 1))));
        assertSays(only(other, "b"), Kind.POOL_RESERVED, "keeps its slots");
    }

    @Test
    void aRateSaysWhenTheNextStartIs() {
        Story story =
                withPool(5, OptionalInt.of(1), task("a").pool(POOL, 1), task("b").pool(POOL, 1));
        Condition condition = only(story, "b");
        assertSays(condition, Kind.RATE, "1 start a minute");
        assertThat(condition.until()).contains(Turns.BEGIN.plusSeconds(60));
    }

    @Test
    void allThatIsMissingIsSaid() {
        Turns turns =
                Turns.withSlots(9)
                        .load(
                                "v1",
                                Declared.flow(1, task("a").pool(POOL, 1), task("b").pool(POOL, 1)));
        turns.decide(new Event.PoolSetRequested(new PoolLimit(POOL, 1, OptionalInt.of(1))));
        Story story = Story.of(turns);
        assertThat(all(story, "b"))
                .extracting(Condition::kind)
                .containsExactly(Kind.PIPELINE_FULL, Kind.POOL_FULL, Kind.RATE);
    }

    @Test
    void aRunThatWasClearedWaitsForSomebodyToAskForIt() {
        Story story = Story.of(task("a"));
        story.succeed("a");
        assertSays(run(story), Kind.RUN_ENDED, "SUCCEEDED");
        story.clear("a");
        assertSays(run(story), Kind.NOT_REQUESTED, "nobody has asked");
    }

    @Test
    void aRunThatABackfillHasNoRoomForIsToldSo() {
        Story story = Story.of(task("a"));
        story.succeed("a").clear("a");
        Turns turns = story.turns();
        BackfillPlan.Item again =
                Backfills.item(
                        story.run().identity(), story.number(), BackfillPlan.Action.RERUN_ALL);
        turns.decide(Backfills.request(Backfills.plan(1, 5, List.of(Backfills.create(1), again))));
        assertSays(run(story), Kind.BACKFILL_FULL, "has 1 run under way, and may have 1");
    }
}
