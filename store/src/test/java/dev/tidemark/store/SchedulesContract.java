package dev.tidemark.store;

import static dev.tidemark.store.Samples.day;
import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.pipeline;
import static dev.tidemark.store.Samples.second;
import static dev.tidemark.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Alert;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Passed;
import dev.tidemark.core.Pause;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunState;
import dev.tidemark.core.ScheduleState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far schedules are, what they passed over, when they were paused; and alerts. */
interface SchedulesContract extends StoreUnderTest {
    Instant LONG_AGO = Instant.MIN;
    Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

    private void at(int second, Change... changes) {
        Samples.commit(store(), List.of(changes), second(second));
    }

    private void givenASchedule() {
        at(
                0,
                new Change.PipelineRegistered("v1", pipeline("flights", task("only"))),
                new Change.ScheduleEnabled("flights", day(0).start()));
    }

    private ScheduleView schedule() {
        return store().schedule("flights").orElseThrow();
    }

    private static Change scheduled(long run, int day) {
        return new Change.RunCreated(
                run,
                new RunIdentity("flights", "scheduled__" + day(day).start(), day(day), Map.of()),
                "v1",
                0);
    }

    @Test
    default void aScheduleIsWhereItsLastIntervalIs() {
        assertThat(store().schedule("flights")).isEmpty();
        givenASchedule();
        assertThat(schedule().kept())
                .isEqualTo(
                        new ScheduleState.Kept(
                                Optional.of(new ScheduleState.Enabling(second(0), day(0).start())),
                                Optional.empty(),
                                List.of(),
                                Instant.MIN));

        at(1, scheduled(1, 0), scheduled(2, 1));
        assertThat(schedule().kept().last()).contains(day(1));
        at(2, new Change.IntervalsPassed("flights", day(2), day(5), 4, Passed.SKIPPED));
        assertThat(schedule().kept().last()).contains(day(5));
        at(3, new Change.RunCreated(3, identity("flights", 9), "v1", 7));
        assertThat(schedule().kept().last()).contains(day(5));
        assertThat(store().schedules()).containsExactly(schedule());
    }

    @Test
    default void whatWasPassedOverIsFoundByWhenItStarts() {
        givenASchedule();
        at(
                1,
                new Change.IntervalsPassed("flights", day(0), day(2), 3, Passed.PAUSED),
                new Change.IntervalsPassed("flights", day(3), day(3), 1, Passed.ALREADY_RUN));
        PassedView first = new PassedView(day(0), day(2), 3, Passed.PAUSED, second(1));
        PassedView second = new PassedView(day(3), day(3), 1, Passed.ALREADY_RUN, second(1));

        assertThat(store().passed("flights", LONG_AGO, FAR)).containsExactly(first, second);
        assertThat(store().passed("flights", day(2).start(), day(3).start()))
                .containsExactly(first);
        assertThat(store().passed("flights", day(3).start(), FAR)).containsExactly(second);
        assertThat(store().passed("hotels", LONG_AGO, FAR)).isEmpty();
        assertThat(schedule().kept().last()).contains(day(3));
    }

    @Test
    default void nothingIsPassedOverTwiceAndNoScheduleEnabledTwice() {
        givenASchedule();
        Change passed = new Change.IntervalsPassed("flights", day(0), day(2), 3, Passed.PAUSED);
        at(1, passed);
        assertRefused(passed);
        assertRefused(new Change.ScheduleEnabled("flights", day(1).start()));
        assertThat(store().passed("flights", LONG_AGO, FAR)).hasSize(1);
    }

    private void assertRefused(Change change) {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> at(5, change))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }

    @Test
    default void pausesAreKeptAsLongAsTheyMatter() {
        givenASchedule();
        Instant within = day(1).start();
        Samples.commit(
                store(), List.of(new Change.SchedulePaused("flights", Samples.ODD_TEXT)), within);
        assertThat(schedule().pauseReason()).contains(Samples.ODD_TEXT);
        assertThat(schedule().kept().pauses()).containsExactly(new Pause(within, Optional.empty()));
        assertRefused(new Change.SchedulePaused("flights", "again"));

        Instant end = day(2).start();
        Samples.commit(store(), List.of(new Change.ScheduleResumed("flights")), end);
        assertThat(schedule().pauseReason()).isEmpty();
        assertThat(schedule().kept().pauses()).containsExactly(new Pause(within, Optional.of(end)));
        assertRefused(new Change.ScheduleResumed("flights"));

        Samples.commit(store(), List.of(scheduled(1, 1)), end.plusSeconds(1));
        assertThat(schedule().kept().pauses()).isEmpty();
    }

    @Test
    default void aPipelineCanBePausedBeforeItIsEnabledAndAgainInOneTurn() {
        at(1, new Change.SchedulePaused("flights", "not yet"));
        assertThat(schedule().kept().enabled()).isEmpty();
        at(
                2,
                new Change.ScheduleResumed("flights"),
                new Change.SchedulePaused("flights", "no"),
                new Change.ScheduleResumed("flights"),
                new Change.SchedulePaused("flights", "still not"));
        assertThat(schedule().pauseReason()).contains("still not");
        assertThat(schedule().kept().pauses()).hasSize(3);
    }

    @Test
    default void alertsAreShownNewestFirst() {
        givenASchedule();
        Alert late = new Alert(Alert.Kind.INTERVAL_LATE, "flights", 0, day(0), Samples.ODD_TEXT);
        Alert slow = new Alert(Alert.Kind.RUN_OVERDUE, "flights", 1, day(0), "slow");
        Alert other = new Alert(Alert.Kind.RUN_OVERDUE, "hotels", 2, day(0), "slow");
        at(1, scheduled(1, 0), new Change.AlertRaised(late));
        at(2, new Change.AlertRaised(slow), new Change.AlertRaised(other));

        assertThat(store().alerts(Optional.empty(), 10))
                .extracting(AlertView::alert)
                .containsExactly(other, slow, late);
        assertThat(store().alerts(Optional.of("flights"), 1))
                .containsExactly(new AlertView(2, second(2), slow));
        assertThat(schedule().kept().alertedAt()).isEqualTo(second(1));
        assertThat(store().history(1))
                .extracting(Recorded::change)
                .contains(new Change.AlertRaised(slow));
    }

    @Test
    default void runsAreFoundThatScheduleHaveToKnow() {
        givenASchedule();
        RunIdentity other = new RunIdentity("flights", "manual__x", day(1), Map.of("limit", "7"));
        at(
                1,
                scheduled(1, 0),
                new Change.RunCreated(2, identity("flights", 1), "v1", 7),
                new Change.RunCreated(3, other, "v1", 7),
                scheduled(4, 2),
                new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));

        assertThat(store().openRuns("flights")).containsExactly(1L, 4L);
        assertThat(store().runsStarting("flights", day(1).start(), day(2).start()))
                .isEqualTo(
                        Map.of(
                                day(1),
                                new BackfillPlan.Existing(
                                        2, identity("flights", 1).name(), RunState.QUEUED, 7)));
        assertThat(store().runsStarting("flights", Instant.MIN, FAR))
                .containsOnlyKeys(day(0), day(1), day(2));
        assertThat(store().runBefore("flights", day(2).start()).map(RunView::number)).contains(2L);
        assertThat(store().runBefore("flights", Instant.MIN)).isEmpty();

        at(2, new Change.RunMoved(1, RunState.RUNNING, RunState.SUCCEEDED));
        assertThat(store().openRuns("flights")).containsExactly(4L);
        at(3, new Change.RunReopened(1, 2, "v1", 0), new Change.RunReopened(4, 2, "v1", 7));
        assertThat(store().openRuns("flights")).containsExactly(1L);
    }

    @Test
    default void theLatestVersionIsTheOneRegisteredLast() {
        assertThat(store().latestVersion("flights")).isEmpty();
        at(1, new Change.PipelineRegistered("v2", pipeline("flights", task("only"))));
        at(2, new Change.PipelineRegistered("v1", pipeline("flights", task("only"))));
        assertThat(store().latestVersion("flights")).contains("v1");
    }

    @Test
    default void whatIsKeptIsThereAfterARestart() {
        givenASchedule();
        at(1, new Change.SchedulePaused("flights", "why"), scheduled(1, 0));
        Interval last = schedule().kept().last().orElseThrow();
        Store again = reopened();
        assertThat(again.schedule("flights").orElseThrow().pauseReason()).contains("why");
        assertThat(again.schedule("flights").orElseThrow().kept().last()).contains(last);
    }
}
