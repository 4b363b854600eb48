package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Watermarks stop before gaps, whoever fills them, and in whatever order. */
class WatermarksTest {
    private static final WatermarkKey PROVEN = new WatermarkKey("flow", "proven");
    private static final PipelineDefinition FLOW =
            Declared.flow(task("load"), task("gate").after("load").advances());

    private final Turns turns = Turns.of(task("load"), task("gate").after("load").advances());

    private BackfillPlan plan(BackfillPlan.WatermarkUse use, BackfillPlan.Item... items) {
        BackfillPlan plan = Backfills.plan(9, 9, List.of(items));
        return new BackfillPlan(
                plan.pipeline(), plan.parameters(), plan.options().with(use), plan.items());
    }

    private void ask(BackfillPlan.WatermarkUse use, BackfillPlan.Item... items) {
        turns.decide(Backfills.request(plan(use, items)));
    }

    private void ask(BackfillPlan.WatermarkUse use, int days) {
        ask(use, Backfills.days(days).toArray(BackfillPlan.Item[]::new));
    }

    /** The tasks of the run that was created as the n-th, from 1, end well. */
    private void succeed(int... runs) {
        for (int run : runs) {
            report(run, "load", Outcomes.SUCCESS);
            report(run, "gate", Outcomes.SUCCESS);
        }
    }

    private void report(int run, String task, Outcome outcome) {
        turns.report(new TaskKey(run, task, TaskKey.NONE), outcome);
    }

    private Watermarks.Kept kept() {
        return turns.state().watermarks().kept(PROVEN);
    }

    private static Instant endOf(int day) {
        return Turns.day(day).end();
    }

    private static Instant startOf(int day) {
        return Turns.day(day).start();
    }

    private static Interval day(int day) {
        return Turns.day(day);
    }

    @Test
    void itFollowsWhatSucceedsInOrder() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 3);
        succeed(1);
        assertThat(kept().at()).hasValue(endOf(0));
        succeed(2, 3);
        assertThat(kept()).isEqualTo(new Watermarks.Kept(Optional.of(endOf(2)), Set.of()));
    }

    @Test
    void itMovesWithItsGateAndNotWithTheRun() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 1);
        report(1, "load", Outcomes.SUCCESS);
        assertThat(kept()).isEqualTo(Watermarks.Kept.NOTHING);
        report(1, "gate", Outcomes.SUCCESS);
        assertThat(kept().at()).hasValue(endOf(0));
    }

    @Test
    void itStopsBeforeOneThatFailsInTheMiddle() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 4);
        succeed(4, 3, 1);
        report(2, "load", Outcomes.FAILURE);
        assertThat(kept())
                .isEqualTo(new Watermarks.Kept(Optional.of(endOf(0)), Set.of(day(2), day(3))));
    }

    @Test
    void whatFollowsIsPassedOnceTheGapIsFilled() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 4);
        succeed(4, 3, 1);
        report(2, "load", Outcomes.FAILURE);
        ask(
                BackfillPlan.WatermarkUse.ADVANCE,
                new BackfillPlan.Item(
                        day(1), "backfill__1", 2, BackfillPlan.Action.RERUN_FAILED, ""));
        succeed(2);
        assertThat(kept()).isEqualTo(new Watermarks.Kept(Optional.of(endOf(3)), Set.of()));
    }

    @Test
    void itBeginsWithTheFirstOfWhatIsAskedForAndNotWithWhoeverEndsFirst() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 3);
        succeed(3);
        assertThat(kept()).isEqualTo(new Watermarks.Kept(Optional.of(startOf(0)), Set.of(day(2))));
    }

    @Test
    void aPlainBackfillProvesAndLeavesItWhereItIs() {
        ask(BackfillPlan.WatermarkUse.KEEP, 2);
        succeed(1, 2);
        assertThat(kept()).isEqualTo(new Watermarks.Kept(Optional.empty(), Set.of(day(0), day(1))));
        ask(BackfillPlan.WatermarkUse.ADVANCE, Backfills.create(2));
        succeed(3);
        assertThat(kept().at()).as("begins with what was asked for").hasValue(endOf(2));
    }

    @Test
    void anIncrementalBackfillBeginsByPassingWhatIsProven() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 1);
        succeed(1);
        ask(BackfillPlan.WatermarkUse.KEEP, Backfills.create(1), Backfills.create(2));
        succeed(2, 3);
        assertThat(kept().at()).hasValue(endOf(0));
        ask(BackfillPlan.WatermarkUse.FOLLOW);
        assertThat(kept()).isEqualTo(new Watermarks.Kept(Optional.of(endOf(2)), Set.of()));
    }

    @Test
    void itNeverGoesBackWhenHistoryRunsAgain() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 2);
        succeed(1, 2);
        ask(
                BackfillPlan.WatermarkUse.ADVANCE,
                new BackfillPlan.Item(day(0), "backfill__0", 1, BackfillPlan.Action.RERUN_ALL, ""));
        assertThat(kept().at()).hasValue(endOf(1));
        succeed(1);
        assertThat(kept().at()).hasValue(endOf(1));
    }

    @Test
    void whatIsClearedAheadOfItIsNotPassed() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 3);
        succeed(3, 2);
        turns.decide(new Event.ClearRequested(2, List.of(new TaskKey(2, "gate", TaskKey.NONE))));
        succeed(1);
        assertThat(kept()).isEqualTo(new Watermarks.Kept(Optional.of(endOf(0)), Set.of(day(2))));
    }

    @Test
    void aGateThatIsSkippedPassesWithItsRunOnly() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 2);
        report(1, "load", Outcomes.SKIP);
        assertThat(kept().at()).as("the run succeeded").hasValue(endOf(0));
    }

    @Test
    void whatASkippedGateLetPassIsVoidOnceItsRunBeginsAnew() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 2);
        report(2, "load", Outcomes.SKIP);
        assertThat(kept().ahead()).containsExactly(day(1));
        turns.decide(new Event.ClearRequested(2, List.of(new TaskKey(2, "load", TaskKey.NONE))));
        assertThat(kept().ahead()).isEmpty();
    }

    @Test
    void runsWithParametersProveNothing() {
        BackfillPlan plan = plan(BackfillPlan.WatermarkUse.ADVANCE, Backfills.create(0));
        turns.decide(
                Backfills.request(
                        new BackfillPlan(
                                plan.pipeline(),
                                Map.of("customer", "north"),
                                plan.options(),
                                plan.items())));
        succeed(1);
        assertThat(kept()).isEqualTo(Watermarks.Kept.NOTHING);
    }

    @Test
    void itIsKeptOverARestart() {
        ask(BackfillPlan.WatermarkUse.ADVANCE, 3);
        succeed(3, 1);
        Watermarks.Kept before = kept();
        turns.restart();
        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void whoeverPutsItSomewhereIsHeardAndWhatIsProvenFromThereIsPassed() {
        ask(BackfillPlan.WatermarkUse.KEEP, 3);
        succeed(2, 3);
        turns.decide(new Event.WatermarkSetRequested(PROVEN, endOf(0), "it was loaded by hand"));
        assertThat(kept()).isEqualTo(new Watermarks.Kept(Optional.of(endOf(2)), Set.of()));
        turns.decide(new Event.WatermarkSetRequested(PROVEN, startOf(0), "prices changed"));
        assertThat(kept().at()).hasValue(startOf(0));
    }

    private static RunRequest since(Optional<LocalDate> to) {
        return new RunRequest(
                Optional.of(new RunRequest.SinceWatermark(Optional.empty(), to)),
                Map.of(),
                Optional.empty(),
                4);
    }

    private static IncrementalBackfill incremental(
            PipelineDefinition pipeline, Watermarks.Kept kept, Optional<LocalDate> to) {
        return IncrementalBackfill.of(since(to), pipeline, Map.of("proven", kept)).orElseThrow();
    }

    @Test
    void anIncrementalBackfillIsWhatIsDueFromTheWatermarkOn() {
        Watermarks.Kept kept = new Watermarks.Kept(Optional.of(endOf(7)), Set.of(day(9)));
        IncrementalBackfill backfill = incremental(FLOW, kept, Optional.empty());
        List<Interval> intervals = backfill.intervals(Turns.BEGIN);
        assertThat(intervals).containsExactly(day(8), day(9), day(10));
        Map<Interval, BackfillPlan.Existing> existing =
                Map.of(
                        day(8), new BackfillPlan.Existing(8, "run-8", RunState.SUCCEEDED, 0),
                        day(9), new BackfillPlan.Existing(9, "run-9", RunState.SUCCEEDED, 0),
                        day(10), new BackfillPlan.Existing(10, "run-10", RunState.FAILED, 0));
        assertThat(backfill.plan(intervals, existing).items())
                .extracting(BackfillPlan.Item::action)
                .containsExactly(
                        BackfillPlan.Action.RERUN_ALL,
                        BackfillPlan.Action.SKIP,
                        BackfillPlan.Action.RERUN_FAILED);
    }

    @Test
    void aNewPlanGoesOnWithTheRunsThatAnEarlierOneLeftOpen() {
        Watermarks.Kept kept = new Watermarks.Kept(Optional.of(endOf(8)), Set.of(day(10)));
        IncrementalBackfill backfill =
                incremental(FLOW, kept, Optional.of(Declared.START.plusDays(9)));
        Map<Interval, BackfillPlan.Existing> left =
                Map.of(
                        day(7), new BackfillPlan.Existing(7, "run-7", RunState.SUCCEEDED, 1),
                        day(8), new BackfillPlan.Existing(8, "run-8", RunState.RUNNING, 1),
                        day(10), new BackfillPlan.Existing(10, "run-10", RunState.QUEUED, 1));
        List<Interval> intervals = backfill.intervals(Turns.BEGIN, left);
        assertThat(intervals).containsExactly(day(8), day(9), day(10));
        assertThat(backfill.plan(intervals, left).items())
                .extracting(BackfillPlan.Item::action)
                .containsExactly(
                        BackfillPlan.Action.CONTINUE,
                        BackfillPlan.Action.CREATE,
                        BackfillPlan.Action.CONTINUE);
    }

    @Test
    void itEndsAtADateAndThereMayBeNothingToDo() {
        Watermarks.Kept kept = new Watermarks.Kept(Optional.of(endOf(2)), Set.of());
        LocalDate fifth = Declared.START.plusDays(4);
        assertThat(incremental(FLOW, kept, Optional.of(fifth)).intervals(Turns.BEGIN))
                .containsExactly(day(3), day(4));
        assertThat(
                        incremental(FLOW, kept, Optional.of(Declared.START.plusDays(2)))
                                .intervals(Turns.BEGIN))
                .isEmpty();
    }

    @Test
    void aWatermarkAmidAnIntervalWaitsForThatOne() {
        Watermarks.Kept kept =
                new Watermarks.Kept(Optional.of(startOf(9).plusSeconds(3_600)), Set.of());
        assertThat(incremental(FLOW, kept, Optional.empty()).intervals(Turns.BEGIN))
                .containsExactly(day(9), day(10));
    }

    @Test
    void whatNeverStoodAnywhereBeginsWithThePipeline() {
        assertThat(
                        incremental(FLOW, Watermarks.Kept.NOTHING, Optional.empty())
                                .intervals(Turns.BEGIN)
                                .getFirst())
                .isEqualTo(day(0));
    }

    @Test
    void aPipelineWithoutAWatermarkHasNothingToFollow() {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(
                        () ->
                                incremental(
                                        Declared.flow(task("load")),
                                        Watermarks.Kept.NOTHING,
                                        Optional.empty()))
                .withMessageContaining("no task of flow advances a watermark");
    }
}
