package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BackfillSteeringTest {
    private static Turns backfill(int days, int maxActive) {
        return Turns.of(task("a"))
                .decide(Backfills.request(Backfills.plan(maxActive, 5, Backfills.days(days))));
    }

    private static Turns steer(Turns turns, Steering steering) {
        BackfillState kept =
                turns.state().backfill(1).map(Backfill::state).orElse(BackfillState.COMPLETED);
        return turns.decide(new Event.BackfillSteered(1, kept, steering, "because"));
    }

    private static void end(Turns turns, Outcome outcome) {
        turns.report(turns.open().keySet().iterator().next(), outcome);
    }

    private static int runs(Turns turns) {
        return turns.changes(Change.RunCreated.class).size();
    }

    @Test
    void aPausedBackfillLetsItsRunsEndAndStartsNoOther() {
        Turns turns = steer(backfill(5, 2), Steering.PAUSE);
        assertThat(turns.open()).hasSize(2);
        end(turns, Outcomes.SUCCESS);
        end(turns, Outcomes.SUCCESS);
        assertThat(runs(turns)).isEqualTo(2);
        assertThat(turns.state().backfill(1).orElseThrow().state()).isEqualTo(BackfillState.PAUSED);
        assertThat(turns.changes(Change.BackfillEnded.class)).isEmpty();
    }

    @Test
    void aResumedBackfillStartsAsManyAsMayBe() {
        Turns turns = steer(backfill(5, 2), Steering.PAUSE);
        end(turns, Outcomes.SUCCESS);
        steer(turns, Steering.RESUME);
        assertThat(turns.open()).hasSize(2);
        while (!turns.open().isEmpty()) {
            end(turns, Outcomes.SUCCESS);
        }
        assertThat(runs(turns)).isEqualTo(5);
        assertThat(turns.changes(Change.BackfillEnded.class))
                .extracting(Change.BackfillEnded::state)
                .containsExactly(BackfillState.COMPLETED);
    }

    @Test
    void aBackfillThatIsPausedAfterItsLastIntervalBeganEndsByItself() {
        Turns turns = steer(backfill(2, 2), Steering.PAUSE);
        end(turns, Outcomes.SUCCESS);
        end(turns, Outcomes.FAILURE);
        assertThat(turns.changes(Change.BackfillEnded.class).getLast().state())
                .isEqualTo(BackfillState.COMPLETED_WITH_FAILURES);
    }

    @Test
    void aPauseSurvivesANewOwner() {
        Turns turns = steer(backfill(5, 1), Steering.PAUSE);
        State replayed = turns.replayed();
        assertThat(replayed.backfill(1).orElseThrow().next()).isEmpty();
        Decision decision =
                Decider.decide(
                        replayed,
                        new Event.BackfillResumed(1, replayed.currentTokens()),
                        turns.now());
        assertThat(decision.changes()).isEmpty();
    }

    @Test
    void intervalsOfAPausedBackfillAreInFlight() {
        Turns turns = steer(backfill(3, 1), Steering.PAUSE);
        turns.decide(Backfills.request(Backfills.plan(4, 5, Backfills.days(3))));
        assertThat(turns.changes(Change.IntervalSkipped.class))
                .extracting(Change.IntervalSkipped::reason)
                .containsOnly("in flight");
    }

    @Test
    void whatACancelledBackfillRunsIsStoppedAndTheRestIsNotStarted() {
        Turns turns = backfill(5, 2);
        List<Long> tokens = List.copyOf(turns.open().values());
        steer(turns, Steering.CANCEL);
        assertThat(turns.open()).isEmpty();
        assertThat(turns.effects())
                .contains(
                        new Effect.StopAttempt(
                                new TaskKey(1, "a", TaskKey.NONE), tokens.get(0), "because"),
                        new Effect.StopAttempt(
                                new TaskKey(2, "a", TaskKey.NONE), tokens.get(1), "because"));
        assertThat(turns.state().runs())
                .extracting(Run::state)
                .containsExactly(RunState.CANCELLED, RunState.CANCELLED);
        assertThat(runs(turns)).isEqualTo(2);
        assertThat(turns.changes(Change.BackfillEnded.class))
                .containsExactly(new Change.BackfillEnded(1, BackfillState.CANCELLED, "because"));
        turns.decide(
                new Event.AttemptReported(
                        new TaskKey(1, "a", TaskKey.NONE), tokens.get(0), Outcomes.SUCCESS));
        assertThat(turns.changes(Change.LateResult.class)).hasSize(1);
    }

    @Test
    void aPausedBackfillCanBeCancelled() {
        Turns turns = steer(steer(backfill(5, 2), Steering.PAUSE), Steering.CANCEL);
        assertThat(turns.changes(Change.BackfillEnded.class))
                .extracting(Change.BackfillEnded::state)
                .containsExactly(BackfillState.CANCELLED);
    }

    @Test
    void whatIsSoAlreadyChangesNothing() {
        Turns turns = steer(backfill(3, 1), Steering.PAUSE);
        int before = turns.history().size();
        steer(turns, Steering.PAUSE);
        assertThat(turns.history()).hasSize(before);
        steer(turns, Steering.RESUME);
        steer(turns, Steering.RESUME);
        assertThat(turns.changes(Change.BackfillMoved.class)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Steering.class)
    void aBackfillThatHasEndedIsLeftAloneWithAnExplanation(Steering steering) {
        Turns turns = backfill(1, 1);
        end(turns, Outcomes.SUCCESS);
        assertThatThrownBy(() -> steer(turns, steering))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("backfill 1 has ended: completed")
                .hasMessageContaining("tidemark backfills rerun 1");
    }

    @Test
    void everyWayOfABackfillIsLegalAndNoOther() {
        for (BackfillState from : BackfillState.values()) {
            for (BackfillState to : BackfillState.values()) {
                boolean expected =
                        switch (from) {
                            case RUNNING -> to != BackfillState.RUNNING;
                            case PAUSED ->
                                    to != BackfillState.PAUSED && to != BackfillState.TAKEN_UP;
                            default -> false;
                        };
                assertThat(BackfillTransitions.isLegal(from, to))
                        .as("%s to %s", from, to)
                        .isEqualTo(expected);
            }
        }
    }
}
