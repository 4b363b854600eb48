package dev.tidemark.store;

import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.second;
import static dev.tidemark.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Backfills are listed without their plans, paused, resumed, and ended from either. */
interface BackfillsContract extends StoreUnderTest {
    private static BackfillPlan plan(String pipeline, String reason) {
        BackfillPlan plan = Samples.plan(pipeline, 3);
        return new BackfillPlan(
                pipeline,
                Map.of(),
                new BackfillPlan.Options(
                        BackfillPlan.Reprocess.ALL,
                        new RunRequest.Pace(2, 3, BackfillPlan.Order.NEWEST),
                        true,
                        BackfillPlan.WatermarkUse.ADVANCE),
                List.of(
                        plan.items().get(0),
                        plan.items().get(1),
                        new BackfillPlan.Item(
                                Samples.day(2), "x", 9, BackfillPlan.Action.SKIP, "already done")),
                reason);
    }

    private void givenThreeBackfills() {
        commit(
                new Change.PipelineRegistered("v1", Samples.pipeline("flights", task("only"))),
                new Change.BackfillCreated(1, plan("flights", Samples.ODD_TEXT)),
                new Change.BackfillCreated(2, plan("hotels", "")),
                new Change.BackfillCreated(3, plan("flights", "the source was mended")),
                new Change.RunCreated(1, identity("flights", 0), "v1", 1),
                new Change.RunCreated(2, identity("flights", 1), "v1", 3),
                new Change.RunMoved(2, RunState.QUEUED, RunState.RUNNING),
                new Change.IntervalSkipped(3, Samples.day(2), "already done"),
                new Change.IntervalSkipped(3, Samples.day(1), "in flight"));
    }

    private List<Long> numbers(BackfillFilter filter) {
        return store().backfills(filter).stream().map(BackfillSummary::number).toList();
    }

    @Test
    default void aBackfillInShortSaysWhatItsPlanDoes() {
        givenThreeBackfills();

        BackfillSummary third = store().backfillInShort(3).orElseThrow();
        assertThat(third.asked())
                .isEqualTo(
                        new BackfillSummary.Asked(
                                "flights",
                                new BackfillPlan.Options(
                                        BackfillPlan.Reprocess.ALL,
                                        new RunRequest.Pace(2, 3, BackfillPlan.Order.NEWEST),
                                        true,
                                        BackfillPlan.WatermarkUse.ADVANCE),
                                3,
                                2,
                                "the source was mended"));
        assertThat(third.progress())
                .isEqualTo(new BackfillView.Progress(2, Map.of(RunState.RUNNING, 1)));
        assertThat(third.times()).isEqualTo(new BackfillView.Times(Samples.NOON, Optional.empty()));
        assertThat(store().backfillInShort(1).orElseThrow().asked().reason())
                .isEqualTo(Samples.ODD_TEXT);
        assertThat(store().backfillInShort(4)).isEmpty();
        assertThat(store().backfill(3).orElseThrow().plan())
                .isEqualTo(plan("flights", "the source was mended"));
    }

    @Test
    default void backfillsAreListedNewestFirstAndFiltered() {
        givenThreeBackfills();
        commitAtSecond(1, new Change.BackfillEnded(3, BackfillState.HALTED, "3 in a row"));

        assertThat(numbers(BackfillFilter.ALL)).containsExactly(3L, 2L, 1L);
        assertThat(numbers(BackfillFilter.ALL.limit(2))).containsExactly(3L, 2L);
        assertThat(numbers(BackfillFilter.ALL.before(3).limit(1))).containsExactly(2L);
        assertThat(numbers(BackfillFilter.ALL.pipeline("flights"))).containsExactly(3L, 1L);
        assertThat(numbers(BackfillFilter.ALL.state(BackfillState.HALTED))).containsExactly(3L);
        assertThat(numbers(BackfillFilter.ALL.pipeline("nobody"))).isEmpty();
        assertThat(store().backfills(BackfillFilter.ALL))
                .containsExactly(
                        store().backfillInShort(3).orElseThrow(),
                        store().backfillInShort(2).orElseThrow(),
                        store().backfillInShort(1).orElseThrow());
    }

    @Test
    default void whatWasPassedOverIsListedInOrder() {
        givenThreeBackfills();

        assertThat(store().skippedIntervals(3, 10))
                .containsExactly(
                        new Change.IntervalSkipped(3, Samples.day(2), "already done"),
                        new Change.IntervalSkipped(3, Samples.day(1), "in flight"));
        assertThat(store().skippedIntervals(3, 1)).hasSize(1);
        assertThat(store().skippedIntervals(1, 10)).isEmpty();
    }

    @Test
    default void aPausedBackfillIsUnfinishedAndEndsFromThere() {
        givenThreeBackfills();
        Change paused = new Change.BackfillMoved(3, BackfillState.RUNNING, BackfillState.PAUSED);
        commitAtSecond(1, paused);

        assertThat(store().backfill(3).orElseThrow().state()).isEqualTo(BackfillState.PAUSED);
        assertThat(reopened().unfinishedBackfills("flights"))
                .extracting(BackfillView::number)
                .containsExactly(1L, 3L);
        assertThat(store().openBackfills(List.of("flights", "hotels", "ships")))
                .containsExactly(1L, 2L, 3L);
        assertThat(store().openBackfills(List.of("flights"))).containsExactly(1L, 3L);
        assertThat(store().openBackfills(List.of())).isEmpty();
        assertThat(store().historyOfBackfill(3).getLast())
                .isEqualTo(new Recorded(10, second(1), paused));

        commitAtSecond(
                2,
                new Change.BackfillMoved(3, BackfillState.PAUSED, BackfillState.RUNNING),
                new Change.IntervalSkipped(3, Samples.day(0), "in flight"),
                new Change.BackfillMoved(3, BackfillState.RUNNING, BackfillState.PAUSED),
                new Change.BackfillEnded(3, BackfillState.CANCELLED, "not needed"));
        assertThat(store().backfill(3).orElseThrow().status())
                .isEqualTo(new BackfillView.Status(BackfillState.CANCELLED, "not needed"));
        assertThat(store().backfill(3).orElseThrow().progress().skipped()).isEqualTo(3);
    }
}
