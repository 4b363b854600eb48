package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which runs a schedule starts, when, and what is recorded of the intervals that get none. */
class ScheduledRunsTest {
    private static final Clockwork.Timing HALF_HOURS =
            Clockwork.Timing.of(Schedule.cron("*/30 * * * *")).startingOn("2026-06-18T00:00");
    private static final Clockwork.Timing HOURLY =
            Clockwork.Timing.of(Schedule.cron("0 * * * *")).startingOn("2026-06-18T00:00");

    @Test
    void withoutCatchupOnlyTheLatestIntervalBeforeIsRun() {
        assertThat(Clockwork.enabled("2026-06-18T01:05:00Z", HALF_HOURS).decided())
                .containsExactly("18T00:30/18T01:00 run");
    }

    @Test
    void withCatchupAllIntervalsBeforeAreRunOldestFirst() {
        assertThat(Clockwork.enabled("2026-06-18T01:05:00Z", HALF_HOURS.catchup()).decided())
                .containsExactly("18T00:00/18T00:30 run", "18T00:30/18T01:00 run");
    }

    @Test
    void fixedIntervalsAreCountedFromTheStart() {
        Clockwork.Timing every =
                Clockwork.Timing.of(Schedule.every("30m")).startingOn("2026-06-18T00:10");
        assertThat(Clockwork.enabled("2026-06-18T01:05:00Z", every).decided())
                .containsExactly("18T00:10/18T00:40 run");
    }

    @Test
    void aDayIsRunAtItsTimeOnTheNext() {
        Clockwork.Timing daily =
                Clockwork.Timing.of(Schedule.daily().at("05:00")).startingOn("2026-06-15T00:00");
        Clockwork clockwork = Clockwork.enabled("2026-06-18T04:00:00Z", daily);
        assertThat(clockwork.decided()).containsExactly("16T00:00/17T00:00 run");
        assertThat(clockwork.until("2026-06-18T05:00:00Z").starts())
                .containsExactly("18T04:00 scheduled__16T00:00", "18T05:00 scheduled__17T00:00");
    }

    @Test
    void aStartInTheFutureIsWaitedFor() {
        Clockwork.Timing later =
                Clockwork.Timing.of(Schedule.cron("0 5 * * *")).startingOn("2026-06-20T00:00");
        assertThat(
                        Clockwork.enabled("2026-06-18T04:00:00Z", later.catchup())
                                .until("2026-06-22T05:00:00Z")
                                .starts())
                .containsExactly("21T05:00 scheduled__20T05:00", "22T05:00 scheduled__21T05:00");
    }

    @Test
    void nothingIsRunAfterTheEnd() {
        assertThat(
                        Clockwork.enabled(
                                        "2026-06-18T01:05:00Z",
                                        HALF_HOURS.endingBefore("2026-06-18T01:30"))
                                .until("2026-06-19T00:00:00Z")
                                .decided())
                .containsExactly("18T00:30/18T01:00 run", "18T01:00/18T01:30 run");
    }

    @Test
    void aGapIsFilledOldestFirstOneRunAtATime() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY)
                        .asleepUntil("2026-06-18T04:20:00Z");
        assertThat(clockwork.starts())
                .containsExactly(
                        "18T01:05 scheduled__18T00:00",
                        "18T04:20 scheduled__18T01:00",
                        "18T04:20 scheduled__18T02:00",
                        "18T04:20 scheduled__18T03:00");
    }

    @Test
    void noMoreRunsAreUnderWayThanMayBe() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY.upTo(2));
        clockwork.hang().asleepUntil("2026-06-18T05:20:00Z");
        assertThat(clockwork.turns().open()).hasSize(2);
        assertThat(clockwork.decided()).hasSize(3);
        assertThat(clockwork.end(Outcomes.SUCCESS).decided()).hasSize(5);
    }

    @Test
    void aFailedRunHoldsNothingUp() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY).hang();
        clockwork.until("2026-06-18T02:00:00Z").end(Outcomes.FAILURE);
        assertThat(clockwork.until("2026-06-18T03:00:00Z").decided()).hasSize(3);
    }

    @Test
    void gapsThatAreSkippedAreRecorded() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY.skippingGaps())
                        .asleepUntil("2026-06-18T05:20:00Z");
        assertThat(clockwork.decided())
                .containsExactly(
                        "18T00:00/18T01:00 run",
                        "18T01:00/18T04:00 3 skipped",
                        "18T04:00/18T05:00 run");
    }

    @Test
    void catchupIsNoGap() {
        assertThat(
                        Clockwork.enabled("2026-06-18T03:05:00Z", HOURLY.catchup().skippingGaps())
                                .decided())
                .containsExactly(
                        "18T00:00/18T01:00 run", "18T01:00/18T02:00 run", "18T02:00/18T03:00 run");
    }

    @Test
    void whatComesDueInAPauseIsRecordedAndNotFilled() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY).pause();
        clockwork.until("2026-06-18T03:30:00Z");
        assertThat(clockwork.decided())
                .containsExactly(
                        "18T00:00/18T01:00 run",
                        "18T01:00/18T02:00 1 paused",
                        "18T02:00/18T03:00 1 paused");
        assertThat(clockwork.resume().until("2026-06-18T04:00:00Z").decided())
                .hasSize(4)
                .endsWith("18T03:00/18T04:00 run");
    }

    @Test
    void aSleepThroughAPauseIsOneRecord() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY)
                        .pause()
                        .asleepUntil("2026-06-21T12:00:00Z")
                        .resume();
        assertThat(clockwork.decided())
                .containsExactly("18T00:00/18T01:00 run", "18T01:00/21T12:00 83 paused");
    }

    @Test
    void whatWasDueBeforeAPauseIsRunAfterIt() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY)
                        .hang()
                        .asleepUntil("2026-06-18T03:10:00Z")
                        .pause()
                        .end(Outcomes.SUCCESS)
                        .until("2026-06-18T05:10:00Z");
        assertThat(clockwork.decided())
                .containsExactly("18T00:00/18T01:00 run", "18T01:00/18T02:00 run");
        assertThat(clockwork.resume().until("2026-06-18T06:00:00Z").decided())
                .containsExactly(
                        "18T00:00/18T01:00 run",
                        "18T01:00/18T02:00 run",
                        "18T02:00/18T03:00 run",
                        "18T03:00/18T05:00 2 paused",
                        "18T05:00/18T06:00 run");
    }

    @Test
    void severalPausesAreToldApart() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY)
                        .hang()
                        .asleepUntil("2026-06-18T02:10:00Z");
        clockwork.pause().asleepUntil("2026-06-18T03:10:00Z").resume();
        clockwork.asleepUntil("2026-06-18T04:10:00Z");
        clockwork.pause().asleepUntil("2026-06-18T05:10:00Z").resume();
        clockwork.end(Outcomes.SUCCESS).until("2026-06-18T06:00:00Z");
        assertThat(clockwork.decided())
                .containsExactly(
                        "18T00:00/18T01:00 run",
                        "18T01:00/18T02:00 run",
                        "18T02:00/18T03:00 1 paused",
                        "18T03:00/18T04:00 run",
                        "18T04:00/18T05:00 1 paused",
                        "18T05:00/18T06:00 run");
    }

    @Test
    void onlyWhatIsPausedCanGoOnAndNothingIsPausedTwice() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY);
        assertThatThrownBy(clockwork::resume)
                .isInstanceOf(TidemarkException.class)
                .hasMessage("pipeline flow is not paused");
        clockwork.pause();
        assertThatThrownBy(clockwork::pause)
                .isInstanceOf(TidemarkException.class)
                .hasMessage("pipeline flow is paused already");
    }

    @Test
    void anIntervalThatSomebodyWasFasterWithIsNotRunAgain() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY).hang();
        clockwork.asleepUntil("2026-06-18T04:10:00Z");
        clockwork.backfill("2026-06-18T02:00:00Z", "2026-06-18T03:00:00Z");
        clockwork.end(Outcomes.SUCCESS);
        assertThat(clockwork.decided())
                .containsExactly(
                        "18T00:00/18T01:00 run",
                        "18T01:00/18T02:00 run",
                        "18T02:00/18T03:00 1 already_run",
                        "18T03:00/18T04:00 run");
    }

    @Test
    void aRunThatDependsOnThePreviousWaitsUntilThatSucceeds() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY.dependsOnPrevious()).hang();
        clockwork.until("2026-06-18T02:00:00Z").end(Outcomes.FAILURE);
        clockwork.until("2026-06-18T03:00:00Z");
        assertThat(clockwork.decided()).hasSize(2);
        clockwork
                .turns()
                .decide(
                        new Event.ClearRequested(
                                2, java.util.List.of(new TaskKey(2, "only", TaskKey.NONE))));
        assertThat(clockwork.end(Outcomes.SUCCESS).decided())
                .containsExactly(
                        "18T00:00/18T01:00 run", "18T01:00/18T02:00 run", "18T02:00/18T03:00 run");
    }

    @Test
    void aClearedRunGoesOnByItself() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY).hang();
        clockwork
                .turns()
                .decide(
                        new Event.ClearRequested(
                                1, java.util.List.of(new TaskKey(1, "only", TaskKey.NONE))));
        assertThat(clockwork.turns().run(1).state()).isEqualTo(RunState.RUNNING);
        assertThat(clockwork.turns().run(1).tryNumber()).isEqualTo(2);
    }

    @Test
    void aClearedRunIsSaidToWaitForRoom() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY).hang();
        clockwork.until("2026-06-18T02:00:00Z");
        Turns turns = clockwork.turns();
        turns.decide(
                new Event.ClearRequested(
                        1, java.util.List.of(new TaskKey(1, "only", TaskKey.NONE))));
        Condition waits = new Why(turns.state(), turns.run(1), turns.now()).run();
        assertThat(waits.kind()).isEqualTo(Condition.Kind.SCHEDULE_FULL);
        assertThat(waits.text()).contains("1 run of its pipeline under way, and at most 1 at once");
        Condition runs = new Why(turns.state(), turns.run(2), turns.now()).run();
        assertThat(runs.kind()).isEqualTo(Condition.Kind.RUN_RUNNING);
    }

    @Test
    void aBackfillLeavesARunAloneThatTheScheduleHasUnderWay() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY).hang();
        clockwork.until("2026-06-18T02:00:00Z");
        Run run = clockwork.turns().run(2);
        clockwork
                .turns()
                .decide(
                        Backfills.request(
                                Backfills.item(
                                        run.identity(),
                                        run.number(),
                                        BackfillPlan.Action.CONTINUE)));
        assertThat(clockwork.turns().changes(Change.IntervalSkipped.class))
                .extracting(Change.IntervalSkipped::reason)
                .containsExactly("in flight");
    }

    @Test
    void aClockThatIsSetBackRunsNothingTwice() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T03:05:00Z", HOURLY);
        clockwork.turns().skipTo(java.time.Instant.parse("2026-06-18T02:05:00Z"));
        clockwork.tick().until("2026-06-18T04:00:00Z");
        assertThat(clockwork.decided())
                .containsExactly("18T02:00/18T03:00 run", "18T03:00/18T04:00 run");
    }

    @Test
    void anEditedScheduleGoesOnWhereTheOldOneStood() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T03:05:00Z", HOURLY)
                        .edit(
                                Clockwork.Timing.of(Schedule.every("90m"))
                                        .startingOn("2026-06-18T00:00"))
                        .until("2026-06-18T06:00:00Z");
        assertThat(clockwork.decided())
                .containsExactly(
                        "18T02:00/18T03:00 run", "18T03:00/18T04:30 run", "18T04:30/18T06:00 run");
    }

    @Test
    void aTriggerRunsOverNothingAtEachTick() {
        Clockwork clockwork =
                Clockwork.enabled(
                                "2026-06-18T01:05:00Z",
                                Clockwork.Timing.of(Schedule.cron("0 * * * *").triggerOnly()))
                        .until("2026-06-18T03:00:00Z");
        assertThat(clockwork.decided())
                .containsExactly(
                        "18T01:00/18T01:00 run", "18T02:00/18T02:00 run", "18T03:00/18T03:00 run");
    }

    @Test
    void aContinuousPipelineCoversTheTimeSinceItsLastRunBegan() {
        Clockwork clockwork =
                Clockwork.enabled(
                                "2026-06-18T01:05:00Z", Clockwork.Timing.of(Schedule.continuous()))
                        .until("2026-06-18T01:05:02Z");
        clockwork.hang().until("2026-06-18T01:08:00Z").end(Outcomes.FAILURE);
        assertThat(clockwork.decided())
                .containsExactly(
                        "18T01:05/18T01:05:01 run",
                        "18T01:05:01/18T01:05:02 run",
                        "18T01:05:02/18T01:05:03 run",
                        "18T01:05:03/18T01:08 run");
        clockwork.pause();
        int before = clockwork.decided().size();
        assertThat(clockwork.until("2026-06-18T02:00:00Z").decided()).hasSize(before);
    }

    @Test
    void jitterDelaysAllRunsOfAPipelineAlike() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T01:30:00Z", HOURLY.jitter(Duration.ofMinutes(20)))
                        .until("2026-06-18T03:30:00Z");
        Duration delay = Jitter.of(HOURLY.jitter(Duration.ofMinutes(20)).define());
        assertThat(delay).isPositive().isLessThan(Duration.ofMinutes(20));
        assertThat(clockwork.turns().history())
                .filteredOn(fact -> fact.change() instanceof Change.RunCreated)
                .extracting(Turns.Fact::at)
                .containsExactly(
                        java.time.Instant.parse("2026-06-18T01:30:00Z"),
                        java.time.Instant.parse("2026-06-18T02:00:00Z").plus(delay),
                        java.time.Instant.parse("2026-06-18T03:00:00Z").plus(delay));
    }

    @Test
    void anIntervalWithoutARunIsAnAlertOnce() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY).hang();
        clockwork.until("2026-06-18T02:59:00Z");
        assertThat(clockwork.alerts()).isEmpty();
        clockwork.until("2026-06-18T03:30:00Z");
        assertThat(clockwork.alerts()).containsExactly("18T03:10 INTERVAL_LATE");
    }

    @Test
    void aGapIsOneAlertHoweverLongItWas() {
        Clockwork clockwork =
                Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY)
                        .asleepUntil("2026-06-20T12:30:00Z");
        assertThat(clockwork.alerts()).containsExactly("20T12:30 INTERVAL_LATE");
    }

    @Test
    void nothingIsLateInAPauseOrThroughCatchup() {
        assertThat(
                        Clockwork.enabled("2026-06-18T12:05:00Z", HOURLY.catchup())
                                .hang()
                                .pause()
                                .until("2026-06-19T00:00:00Z")
                                .alerts())
                .isEmpty();
    }

    @Test
    void aRunThatTakesTooLongIsAnAlertOnce() {
        Clockwork clockwork = Clockwork.enabled("2026-06-18T01:05:00Z", HOURLY.upTo(5)).hang();
        clockwork.until("2026-06-18T04:30:00Z");
        assertThat(clockwork.alerts()).containsExactly("18T04:00 RUN_OVERDUE");
    }
}
