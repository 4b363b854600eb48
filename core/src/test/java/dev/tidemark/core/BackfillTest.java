package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackfillTest {
    private static Turns flow() {
        return Turns.of(task("a"));
    }

    private static Turns backfill(int days, int maxActive, int haltAfter) {
        return flow().decide(
                        Backfills.request(
                                Backfills.plan(maxActive, haltAfter, Backfills.days(days))));
    }

    /** The only task of the run that started first among those that run ends. */
    private static TaskKey end(Turns turns, Outcome outcome) {
        TaskKey first = turns.open().keySet().iterator().next();
        turns.report(first, outcome);
        return first;
    }

    private static BackfillState ended(Turns turns) {
        return turns.changes(Change.BackfillEnded.class).getLast().state();
    }

    @Test
    void intervalsStartInOrderAndAsManyAtOnceAsMayBe() {
        Turns turns = backfill(5, 2, 5);
        List<Long> ends = new ArrayList<>();
        while (!turns.open().isEmpty()) {
            assertThat(turns.open()).hasSize(Math.min(2, 5 - ends.size()));
            ends.add(end(turns, Outcomes.SUCCESS).run());
        }
        assertThat(ends).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(
                        turns.changes(Change.RunCreated.class).stream()
                                .map(it -> it.identity().interval()))
                .containsExactly(
                        Turns.day(0), Turns.day(1), Turns.day(2), Turns.day(3), Turns.day(4));
        assertThat(ended(turns)).isEqualTo(BackfillState.COMPLETED);
        assertThat(turns.state().backfill(1)).isEmpty();
    }

    @Test
    void aRunThatIsLookedAtAgainAfterItsEndIsNotCountedAgain() {
        Turns turns = backfill(3, 1, 2);
        end(turns, Outcomes.FAILURE);
        turns.state().forget(1);

        assertThatThrownBy(() -> turns.decide(new Event.CancelRequested(1, "not needed")))
                .hasMessageContaining("already FAILED");
        end(turns, Outcomes.SUCCESS);
        end(turns, Outcomes.SUCCESS);

        assertThat(turns.changes(Change.RunCreated.class)).hasSize(3);
        assertThat(ended(turns)).isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
    }

    @Test
    void noMoreRunsAreEverActiveThanMayBe() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int maxActive = 1 + random.nextInt(4);
            Turns turns = backfill(12, maxActive, 100);
            while (!turns.open().isEmpty()) {
                assertThat(active(turns)).as("seed %s", seed).isLessThanOrEqualTo(maxActive);
                List<TaskKey> open = new ArrayList<>(turns.open().keySet());
                TaskKey any = open.get(random.nextInt(open.size()));
                switch (random.nextInt(4)) {
                    case 0 -> turns.decide(new Event.CancelRequested(any.run(), "not needed"));
                    case 1 -> turns.report(any, Outcomes.FAILURE);
                    default -> turns.report(any, Outcomes.SUCCESS);
                }
            }
            assertThat(turns.state().runs()).as("seed %s", seed).hasSize(12);
        }
    }

    private static long active(Turns turns) {
        return turns.state().runs().stream().filter(run -> !run.state().isFinal()).count();
    }

    @Test
    void aFailedIntervalFailsNoOther() {
        Turns turns = backfill(3, 1, 5);
        end(turns, Outcomes.SUCCESS);
        end(turns, Outcomes.FAILURE);
        end(turns, Outcomes.SUCCESS);
        Change.BackfillEnded ended = turns.changes(Change.BackfillEnded.class).getLast();
        assertThat(ended.state()).isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
        assertThat(ended.reason()).isEqualTo("1 intervals failed");
    }

    @Test
    void aBackfillHaltsWhenTooManyIntervalsFailInARow() {
        Turns turns = backfill(9, 1, 3);
        for (int failure = 0; failure < 3; failure++) {
            end(turns, Outcomes.FAILURE);
        }
        assertThat(turns.open()).isEmpty();
        assertThat(turns.state().runs()).hasSize(3);
        Change.BackfillEnded ended = turns.changes(Change.BackfillEnded.class).getLast();
        assertThat(ended.state()).isEqualTo(BackfillState.HALTED);
        assertThat(ended.reason()).isEqualTo("3 intervals failed in a row");
    }

    @Test
    void aSuccessInBetweenBeginsTheRowAnew() {
        Turns turns = backfill(9, 1, 3);
        for (int round = 0; round < 3; round++) {
            end(turns, Outcomes.FAILURE);
            end(turns, Outcomes.FAILURE);
            end(turns, Outcomes.SUCCESS);
        }
        assertThat(turns.state().runs()).hasSize(9);
        assertThat(ended(turns)).isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
    }

    @Test
    void aBackfillThatHaltsLetsItsRunsEndAndStartsNoOtherThoughTheySucceed() {
        Turns turns = backfill(9, 3, 2);
        end(turns, Outcomes.FAILURE);
        end(turns, Outcomes.FAILURE);
        while (!turns.open().isEmpty()) {
            end(turns, Outcomes.SUCCESS);
        }
        assertThat(turns.state().runs()).hasSize(4);
        assertThat(ended(turns)).isEqualTo(BackfillState.HALTED);
    }

    @Test
    void failuresUpToTheLastIntervalAreNoHalt() {
        Turns turns = backfill(3, 1, 3);
        for (int failure = 0; failure < 3; failure++) {
            end(turns, Outcomes.FAILURE);
        }
        assertThat(ended(turns)).isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
    }

    @Test
    void aCancelledIntervalCountsAsFailedAndMakesRoom() {
        Turns turns = backfill(2, 1, 5);
        turns.decide(new Event.CancelRequested(1, "not needed"));
        assertThat(turns.open().keySet()).extracting(TaskKey::run).containsExactly(2L);
        end(turns, Outcomes.SUCCESS);
        assertThat(ended(turns)).isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
    }

    @Test
    void aPlanThatLeavesNothingToDoIsDone() {
        Turns turns = flow().decide(Backfills.request());
        assertThat(ended(turns)).isEqualTo(BackfillState.COMPLETED);
    }

    @Test
    void whatIsPassedOverIsRecordedWithTheReason() {
        BackfillPlan.Item skipped =
                new BackfillPlan.Item(
                        Turns.day(0), "backfill__0", 7, BackfillPlan.Action.SKIP, "already done");
        Turns turns = flow().decide(Backfills.request(skipped, Backfills.create(1)));
        assertThat(turns.changes(Change.IntervalSkipped.class))
                .containsExactly(new Change.IntervalSkipped(1, Turns.day(0), "already done"));
        assertThat(turns.open()).hasSize(1);
    }

    @Test
    void aRunThatIsNotThereAnyMoreIsPassedOver() {
        BackfillPlan.Item gone =
                new BackfillPlan.Item(
                        Turns.day(0), "backfill__0", 7, BackfillPlan.Action.RERUN_ALL, "");
        Turns turns = flow().decide(Backfills.request(gone));
        assertThat(turns.changes(Change.IntervalSkipped.class).getFirst().reason())
                .isEqualTo("its run is not there any more");
        assertThat(ended(turns)).isEqualTo(BackfillState.COMPLETED);
    }

    @Test
    void intervalsThatAnotherBackfillHasInHandArePassedOver() {
        Turns turns = backfill(3, 1, 5);
        end(turns, Outcomes.SUCCESS);
        turns.decide(Backfills.request(Backfills.plan(4, 5, Backfills.days(4).subList(1, 4))));
        assertThat(turns.changes(Change.IntervalSkipped.class))
                .containsExactly(
                        new Change.IntervalSkipped(2, Turns.day(1), "in flight"),
                        new Change.IntervalSkipped(2, Turns.day(2), "in flight"));
        while (!turns.open().isEmpty()) {
            end(turns, Outcomes.SUCCESS);
        }
        assertThat(turns.changes(Change.RunCreated.class).stream().map(it -> it.identity()))
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameIntervalWithOtherParametersIsAnotherRun() {
        Turns turns = backfill(1, 1, 5);
        turns.decide(
                Backfills.request(
                        new BackfillPlan(
                                "flow",
                                Map.of("country", "ch"),
                                Backfills.plan().options(),
                                Backfills.days(1))));
        assertThat(turns.open()).hasSize(2);
    }

    @Test
    void aPipelineWhoseCodeIsNotThereIsRefused() {
        assertThatThrownBy(() -> Turns.withSlots(1).decide(Backfills.request(Backfills.create(0))))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("the code of pipeline flow is not loaded");
    }
}
