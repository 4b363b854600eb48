package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan.Action;
import dev.tidemark.core.BackfillPlan.Existing;
import dev.tidemark.core.BackfillPlan.Reprocess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with an interval, given the run that covers it already. */
final class BackfillPlanTest {
    private static final dev.tidemark.PipelineDefinition FLOW = Declared.flow(Declared.task("a"));
    private static final List<Interval> DAYS =
            List.of(Turns.day(0), Turns.day(1), Turns.day(2), Turns.day(3));

    private static final RunRequest.Again NOT_SAID = RunRequest.Again.of(Optional.empty());

    private static RunRequest asking(Optional<Reprocess> reprocess) {
        return new RunRequest(Optional.empty(), Map.of(), reprocess, 4);
    }

    private static Existing run(int number, RunState state, long backfill) {
        return new Existing(number, "run-" + number, state, backfill);
    }

    @ParameterizedTest(name = "{0}, reprocess {1}: {2}")
    @CsvSource({
        "QUEUED, MISSING, CONTINUE",
        "QUEUED, FAILED, CONTINUE",
        "QUEUED, ALL, CONTINUE",
        "RUNNING, MISSING, CONTINUE",
        "RUNNING, FAILED, CONTINUE",
        "RUNNING, ALL, CONTINUE",
        "SUCCEEDED, MISSING, SKIP",
        "SUCCEEDED, FAILED, SKIP",
        "SUCCEEDED, ALL, RERUN_ALL",
        "FAILED, MISSING, SKIP",
        "FAILED, FAILED, RERUN_FAILED",
        "FAILED, ALL, RERUN_ALL",
        "CANCELLED, MISSING, SKIP",
        "CANCELLED, FAILED, RERUN_FAILED",
        "CANCELLED, ALL, RERUN_ALL"
    })
    void aRunThatIsThereDecidesWithTheMode(RunState state, Reprocess mode, Action action) {
        BackfillPlan.Item item =
                BackfillPlan.item(Turns.day(0), "new", Optional.of(run(7, state, 0)), mode);
        assertThat(item.action()).isEqualTo(action);
        assertThat(item.run()).isEqualTo(7);
        assertThat(item.runName()).isEqualTo("run-7");
        assertThat(item.reason().isEmpty()).isEqualTo(action != Action.SKIP);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource
    void anIntervalWithoutARunGetsOne(Reprocess mode) {
        assertThat(BackfillPlan.item(Turns.day(0), "new", Optional.empty(), mode))
                .isEqualTo(new BackfillPlan.Item(Turns.day(0), "new", 0, Action.CREATE, ""));
    }

    @Test
    void skippedIntervalsSayWhy() {
        assertThat(skipReason(RunState.SUCCEEDED)).isEqualTo("already done");
        assertThat(skipReason(RunState.FAILED))
                .isEqualTo("failed; reprocess failed or all to run it again");
        assertThat(skipReason(RunState.CANCELLED))
                .isEqualTo("cancelled; reprocess failed or all to run it again");
    }

    private static String skipReason(RunState state) {
        return BackfillPlan.item(
                        Turns.day(0), "new", Optional.of(run(7, state, 0)), Reprocess.MISSING)
                .reason();
    }

    @Test
    void whereSomeOfTheRangeRanTheChoiceMustBeMade() {
        Map<Interval, Existing> existing =
                Map.of(
                        Turns.day(0), run(1, RunState.SUCCEEDED, 1),
                        Turns.day(1), run(2, RunState.FAILED, 1),
                        Turns.day(2), run(3, RunState.RUNNING, 1));
        assertThatThrownBy(() -> asking(Optional.empty()).plan(FLOW, DAYS, existing))
                .isInstanceOf(TidemarkException.class)
                .hasMessage(
                        "2 of the 4 intervals ran already; say which run again: --reprocess"
                                + " missing, failed or all");
        assertThat(actions(asking(Optional.of(Reprocess.FAILED)).plan(FLOW, DAYS, existing)))
                .containsExactly(Action.SKIP, Action.RERUN_FAILED, Action.CONTINUE, Action.CREATE);
    }

    @Test
    void whereNothingRanNothingNeedsToBeSaid() {
        BackfillPlan plan = asking(Optional.empty()).plan(FLOW, DAYS, Map.of());
        assertThat(actions(plan)).containsOnly(Action.CREATE);
        assertThat(plan.options()).isEqualTo(new BackfillPlan.Options(Reprocess.MISSING, 4, 5));
        assertThat(plan.items()).extracting(BackfillPlan.Item::interval).isEqualTo(DAYS);
    }

    private static List<Action> actions(BackfillPlan plan) {
        return plan.items().stream().map(BackfillPlan.Item::action).toList();
    }

    @Test
    void theSameRequestTakesUpWhatIsLeftOfAnInterruptedBackfill() {
        RunRequest all = asking(Optional.of(Reprocess.ALL));
        Map<Interval, Existing> before = Map.of(Turns.day(3), run(9, RunState.SUCCEEDED, 1));
        BackfillPlan interrupted = all.plan(FLOW, DAYS, before);
        Map<Interval, Existing> after =
                Map.of(
                        Turns.day(0), run(1, RunState.SUCCEEDED, 2),
                        Turns.day(1), run(2, RunState.FAILED, 2),
                        Turns.day(2), run(3, RunState.RUNNING, 2),
                        Turns.day(3), run(9, RunState.SUCCEEDED, 1));
        BackfillPlan rest = all.takeUp(FLOW, DAYS, after, 2, interrupted).orElseThrow();
        assertThat(actions(rest))
                .containsExactly(
                        Action.SKIP, Action.RERUN_FAILED, Action.CONTINUE, Action.RERUN_ALL);
        assertThat(asking(Optional.empty()).takeUp(FLOW, DAYS, after, 2, interrupted)).isPresent();
    }

    @Test
    void anotherRequestTakesUpNothing() {
        BackfillPlan interrupted = asking(Optional.empty()).plan(FLOW, DAYS, Map.of());
        assertThat(asking(Optional.of(Reprocess.ALL)).takeUp(FLOW, DAYS, Map.of(), 2, interrupted))
                .isEmpty();
        assertThat(
                        asking(Optional.empty())
                                .takeUp(FLOW, DAYS.subList(0, 2), Map.of(), 2, interrupted))
                .isEmpty();
        assertThat(
                        new RunRequest(Optional.empty(), Map.of(), Optional.empty(), 1)
                                .takeUp(FLOW, DAYS, Map.of(), 2, interrupted))
                .isEmpty();
    }

    private static BackfillPlan planned(Reprocess mode) {
        return asking(Optional.of(mode)).plan(FLOW, DAYS, Map.of());
    }

    @ParameterizedTest(name = "after {0}, what ran in backfill {1} and is {2}: {3}")
    @CsvSource({
        "MISSING, 7, SUCCEEDED, SKIP",
        "MISSING, 7, FAILED, RERUN_FAILED",
        "FAILED, 7, CANCELLED, RERUN_FAILED",
        "ALL, 7, SUCCEEDED, SKIP",
        "ALL, 7, FAILED, RERUN_FAILED",
        "ALL, 3, SUCCEEDED, RERUN_ALL",
        "ALL, 9, SUCCEEDED, SKIP",
        "ALL, 9, FAILED, RERUN_FAILED",
        "FAILED, 0, QUEUED, CONTINUE"
    })
    void aRerunTakesWhatIsLeft(Reprocess mode, long backfill, RunState state, Action action) {
        Map<Interval, Existing> existing = Map.of(Turns.day(1), run(4, state, backfill));
        BackfillPlan rerun = planned(mode).rerun(new Command.RerunBackfill(7, ""), existing);
        List<Interval> left =
                action == Action.SKIP ? List.of(Turns.day(0), Turns.day(2), Turns.day(3)) : DAYS;
        assertThat(rerun.items()).extracting(BackfillPlan.Item::interval).isEqualTo(left);
        if (action != Action.SKIP) {
            assertThat(rerun.items().get(1).action()).isEqualTo(action);
        }
        assertThat(rerun.items().getFirst().action()).isEqualTo(Action.CREATE);
        assertThat(rerun.reason()).isEqualTo("rerun of backfill 7");
        assertThat(rerun.options().reprocess())
                .isEqualTo(mode == Reprocess.ALL ? Reprocess.ALL : Reprocess.FAILED);
    }

    @Test
    void aRerunOfWhatIsDoneIsRefused() {
        Map<Interval, Existing> done = new java.util.HashMap<>();
        DAYS.forEach(day -> done.put(day, run(1, RunState.SUCCEEDED, 7)));
        assertThatThrownBy(
                        () -> planned(Reprocess.ALL).rerun(new Command.RerunBackfill(7, ""), done))
                .isInstanceOf(dev.tidemark.TidemarkException.class)
                .hasMessageContaining("backfill 7 left nothing to rerun");
    }

    @Test
    void thePlanKeepsThePaceTheOrderAndTheReason() {
        RunRequest request =
                new RunRequest(
                        Optional.empty(),
                        Map.of(),
                        NOT_SAID,
                        new RunRequest.Pace(2, 3, BackfillPlan.Order.NEWEST),
                        "the source was mended");
        BackfillPlan plan = request.plan(FLOW, DAYS.reversed(), Map.of());
        assertThat(plan.options())
                .isEqualTo(
                        new BackfillPlan.Options(
                                Reprocess.MISSING,
                                new RunRequest.Pace(2, 3, BackfillPlan.Order.NEWEST),
                                false,
                                BackfillPlan.WatermarkUse.KEEP));
        assertThat(plan.reason()).isEqualTo("the source was mended");
        assertThat(plan.items().getFirst().interval()).isEqualTo(Turns.day(3));
    }

    @Test
    void aRequestForAnotherPaceIsNotTheInterruptedOne() {
        BackfillPlan interrupted = planned(Reprocess.MISSING);
        for (RunRequest.Pace pace :
                List.of(
                        new RunRequest.Pace(3, 5, BackfillPlan.Order.OLDEST),
                        new RunRequest.Pace(4, 6, BackfillPlan.Order.OLDEST),
                        new RunRequest.Pace(4, 5, BackfillPlan.Order.NEWEST))) {
            RunRequest other = new RunRequest(Optional.empty(), Map.of(), NOT_SAID, pace, "");
            assertThat(other.takeUp(FLOW, DAYS, Map.of(), 1, interrupted)).isEmpty();
        }
        RunRequest same =
                new RunRequest(
                        Optional.empty(),
                        Map.of(),
                        NOT_SAID,
                        new RunRequest.Pace(4, 5, BackfillPlan.Order.OLDEST),
                        "for another reason");
        assertThat(same.takeUp(FLOW, DAYS, Map.of(), 1, interrupted)).isPresent();
    }
}
