package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools, rates, limits of pipelines and priorities: who starts, and who waits for whom. */
final class LimitsTest {
    private static final String POOL = "warehouse";

    private static Turns withPool(int slots, int startsPerMinute, PipelineDefinition flow) {
        Turns turns = Turns.withSlots(100).load("v1", flow);
        return set(turns, slots, startsPerMinute);
    }

    private static Turns set(Turns turns, int slots, int startsPerMinute) {
        OptionalInt rate =
                startsPerMinute == 0 ? OptionalInt.empty() : OptionalInt.of(startsPerMinute);
        return turns.decide(new Event.PoolSetRequested(new PoolLimit(POOL, slots, rate)));
    }

    private static Declared[] tasks(int count, int weight) {
        return IntStream.range(0, count)
                .mapToObj(i -> task("t" + i).pool(POOL, weight))
                .toArray(Declared[]::new);
    }

    private static List<String> running(Turns turns) {
        return turns.open().keySet().stream().map(TaskKey::label).toList();
    }

    /** How many of eight tasks of a weight run at once, by what limits there are. */
    @ParameterizedTest
    @CsvSource({
        "4, 1, 100, 4",
        "4, 2, 100, 2",
        "5, 2, 100, 2",
        "4, 4, 100, 1",
        "4, 5, 100, 0",
        "10, 1, 3, 3",
        "10, 3, 2, 2",
        "2, 1, 3, 2",
        "100, 1, 100, 8"
    })
    void asManyRunAsEveryLimitAllows(int slots, int weight, int maxActiveTasks, int running) {
        Turns turns = withPool(slots, 0, Declared.flow(maxActiveTasks, tasks(8, weight)));
        Story.of(turns);
        assertThat(turns.open()).hasSize(running);
    }

    @Test
    void aPoolThatNobodyHasSetHasNoLimit() {
        Turns turns = Turns.withSlots(100).load("v1", Declared.flow(tasks(8, 3)));
        Story.of(turns);
        assertThat(turns.open()).hasSize(8);
    }

    @Test
    void aTaskThatWaitsForItsPoolLetsOthersPass() {
        Turns turns =
                withPool(
                        1,
                        0,
                        Declared.flow(
                                task("a").pool(POOL, 1),
                                task("b").pool(POOL, 1),
                                task("c"),
                                task("d").after("c")));
        Story story = Story.of(turns);
        assertThat(running(turns)).containsExactly("a", "c");
        story.succeed("c");
        assertThat(running(turns)).containsExactly("a", "d");
        story.succeed("a");
        assertThat(running(turns)).containsExactly("d", "b");
    }

    @Test
    void eachValueOfAParameterHasThePoolForItself() {
        Turns turns = withPool(1, 0, Declared.flow(task("a").poolPerCustomer(POOL)));
        for (String customer : List.of("acme", "bolt")) {
            turns.decide(
                    Backfills.request(
                            new BackfillPlan(
                                    "flow",
                                    Map.of("customer", customer),
                                    new BackfillPlan.Options(BackfillPlan.Reprocess.MISSING, 4, 5),
                                    Backfills.days(2))));
        }
        assertThat(turns.open().keySet()).extracting(TaskKey::run).containsExactly(1L, 3L);
        turns.report(new TaskKey(1, "a", TaskKey.NONE), Outcomes.SUCCESS);
        assertThat(turns.open().keySet()).extracting(TaskKey::run).containsExactly(3L, 2L);
    }

    @Test
    void aPipelineHasNoMoreAttemptsThanItsLimitOverAllItsRuns() {
        Turns turns = Turns.withSlots(100).load("v1", Declared.flow(3, task("a"), task("b")));
        turns.decide(Backfills.request(Backfills.plan(4, 5, Backfills.days(4))));
        assertThat(turns.open()).hasSize(3);
        turns.report(new TaskKey(1, "a", TaskKey.NONE), Outcomes.SUCCESS);
        assertThat(turns.open()).hasSize(3);
    }

    @Test
    void startsBeyondTheRateWaitUntilTheFirstOfTheMinuteIsOver() {
        Turns turns = withPool(100, 2, Declared.flow(tasks(3, 1)));
        Story story = Story.of(turns);
        assertThat(running(turns)).containsExactly("t0", "t1");
        story.succeed("t0", "t1").advance(Duration.ofMillis(59_999));
        assertThat(running(turns)).isEmpty();
        turns.advance(Duration.ofMillis(1));
        assertThat(running(turns)).containsExactly("t2");
    }

    @Test
    void aRateHoldsThoughAnotherOwnerTakesOver() {
        Turns turns = withPool(100, 2, Declared.flow(tasks(3, 1)));
        Story story = Story.of(turns);
        story.succeed("t0", "t1").advance(Duration.ofSeconds(30)).interruptedAndTakenUp();
        assertThat(running(turns)).isEmpty();
        turns.advance(Duration.ofMillis(29_999));
        assertThat(running(turns)).isEmpty();
        turns.advance(Duration.ofMillis(1));
        assertThat(running(turns)).containsExactly("t2");
    }

    @Test
    void aSmallerPoolKillsNothingAndStartsNothing() {
        Turns turns = withPool(3, 0, Declared.flow(tasks(5, 1)));
        Story story = Story.of(turns);
        set(turns, 1, 0);
        assertThat(running(turns)).containsExactly("t0", "t1", "t2");
        story.succeed("t0", "t1");
        assertThat(running(turns)).containsExactly("t2");
        story.succeed("t2");
        assertThat(running(turns)).containsExactly("t3");
    }

    @Test
    void aLargerPoolStartsWhatWaits() {
        Turns turns = withPool(1, 0, Declared.flow(tasks(4, 1)));
        Story.of(turns);
        set(turns, 3, 0);
        assertThat(turns.open()).hasSize(3);
        turns.decide(new Event.PoolRemovalRequested(POOL));
        assertThat(turns.open()).hasSize(4);
    }

    @Test
    void aHigherRateStartsWhatWaits() {
        Turns turns = withPool(10, 1, Declared.flow(tasks(4, 1)));
        Story.of(turns);
        set(turns, 10, 3);
        assertThat(turns.open()).hasSize(3);
    }

    @Test
    void aPoolThatIsNotSetCannotBeRemoved() {
        Turns turns = Turns.of(task("a"));
        assertThatThrownBy(() -> turns.decide(new Event.PoolRemovalRequested(POOL)))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("pool 'warehouse' is not set");
    }

    /** Slots, rate, and what is said about it. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 1 to 10000 slots",
        "-1, 1, 1 to 10000 slots",
        "10001, 1, 1 to 10000 slots",
        "1, 0, 1 to 100000 starts a minute"
    })
    void limitsOutOfBoundsAreRefused(int slots, int rate, String message) {
        assertThatThrownBy(() -> new PoolLimit(POOL, slots, OptionalInt.of(rate)))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aHigherPriorityGoesFirst() {
        Turns turns =
                Turns.withSlots(1)
                        .load(
                                "v1",
                                Declared.flow(
                                        task("first"),
                                        task("low").priority(-1),
                                        task("plain"),
                                        task("high").priority(1)));
        Story story = Story.of(turns);
        story.succeed("first", "high", "plain", "low");
        assertThat(story.state()).isEqualTo(RunState.SUCCEEDED);
    }

    /** A priority of two: whoever has waited for two minutes longer goes first all the same. */
    @ParameterizedTest
    @CsvSource({"119, high", "121, plain"})
    void whatWaitsGetsOlderAndSoGoesFirst(int seconds, String next) {
        Turns turns = Turns.withSlots(1).load("v1", Declared.flow(task("first"), task("plain")));
        Story old = Story.of(turns);
        turns.load("v2", Declared.flow(task("high").priority(2)));
        turns.advance(Duration.ofSeconds(seconds));
        Story.of(turns);
        old.succeed("first");
        assertThat(running(turns)).containsExactly(next);
    }

    /** The heavy one is passed for a minute, and then by nobody who came later. */
    @ParameterizedTest
    @CsvSource({"59, light", "60, heavy"})
    void aHeavyTaskIsPassedForAMinuteAndNoLonger(int seconds, String next) {
        Turns turns =
                withPool(
                        2,
                        0,
                        Declared.flow(
                                task("a").pool(POOL, 1),
                                task("b").pool(POOL, 1),
                                task("heavy").pool(POOL, 2)));
        Story story = Story.of(turns);
        turns.advance(Duration.ofSeconds(seconds));
        turns.load("v2", Declared.flow(task("light").pool(POOL, 1)));
        Story.of(turns);
        story.succeed("a");
        assertThat(running(turns)).containsAnyOf("b", "light");
        story.succeed("b");
        assertThat(running(turns)).containsExactly(next);
    }

    /** It needs slots of a full pool and a place in a full pipeline, which are free in turns. */
    @Test
    void whatWaitsLongForItsPoolKeepsAPlaceInItsPipeline() {
        Turns turns =
                withPool(
                        1,
                        0,
                        Declared.flow(
                                2,
                                task("holds").pool(POOL, 1),
                                task("waits").pool(POOL, 1),
                                task("a"),
                                task("b"),
                                task("c")));
        Story story = Story.of(turns);
        assertThat(running(turns)).containsExactly("holds", "a");
        turns.advance(Admission.PATIENCE);
        story.succeed("a");
        assertThat(running(turns)).containsExactly("holds");
        story.succeed("holds");
        assertThat(running(turns)).containsExactlyInAnyOrder("waits", "b");
    }

    /** It could never start, so it keeps nothing from others. */
    @Test
    void whatIsTooHeavyForItsPoolBlocksNobody() {
        Turns turns =
                withPool(
                        2,
                        0,
                        Declared.flow(
                                task("giant").pool(POOL, 3),
                                task("a").pool(POOL, 1),
                                task("b").after("a").pool(POOL, 1)));
        Story story = Story.of(turns);
        turns.advance(Duration.ofHours(1));
        story.succeed("a");
        assertThat(running(turns)).containsExactly("b");
    }

    @Test
    void aCancelledOrClearedAttemptGivesItsSlotsBackOnce() {
        Turns turns = withPool(2, 0, Declared.flow(tasks(4, 1)));
        Story story = Story.of(turns);
        story.clear("t0", "t1");
        assertThat(turns.open()).hasSize(2);
        story.cancel();
        Story.of(turns);
        assertThat(turns.open()).hasSize(2);
    }

    /** A thousand wait for one pool; whoever else comes is decided about at once. */
    @Test
    void thoseBlockedByAPoolAreNotLookedAtOneByOne() {
        Turns turns =
                withPool(
                        1,
                        0,
                        Declared.flow(
                                task("list"),
                                task("each").mapping("list").pool(POOL, 1),
                                task("other").after("list")));
        Story story = Story.of(turns);
        story.list("list", 1_000);
        assertThat(running(turns)).containsExactlyInAnyOrder("each[0]", "other");
        assertThat(turns.state().admission().lane(turns.run(1).demand("each")))
                .hasValueSatisfying(lane -> assertThat(lane.size()).isEqualTo(999));
    }
}
