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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    private Standing standing() {
        return standing("flights");
    }

    private Standing standing(String pipeline) {
        return Objects.requireNonNull(store().standings(List.of(pipeline)).get(pipeline));
    }

    private static BackfillPlan.Existing existing(long run, int day, long backfill) {
        return new BackfillPlan.Existing(
                run, identity("flights", day).name(), RunState.QUEUED, backfill);
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

        assertThat(standing().open()).containsExactly(1L, 4L);
        assertThat(store().runsStarting("flights", day(1).start(), day(2).start()))
                .isEqualTo(Map.of(day(1), existing(2, 1, 7)));
        assertThat(store().runsStarting("flights", Instant.MIN, FAR))
                .containsOnlyKeys(day(0), day(1), day(2));

        at(2, new Change.RunMoved(1, RunState.RUNNING, RunState.SUCCEEDED));
        assertThat(standing().open()).containsExactly(4L);
        at(3, new Change.RunReopened(1, 2, "v1", 0), new Change.RunReopened(4, 2, "v1", 7));
        assertThat(standing().open()).containsExactly(1L);
    }

    @Test
    default void whoeverTakesASchedulesUpIsToldOfTheRunsBeforeAndAfterWhatIsDecided() {
        givenASchedule();
        RunIdentity other = new RunIdentity("flights", "manual__x", day(4), Map.of("limit", "7"));
        at(
                1,
                scheduled(1, 0),
                new Change.RunCreated(2, identity("flights", 1), "v1", 7),
                new Change.RunCreated(3, identity("flights", 3), "v1", 7),
                new Change.RunCreated(4, identity("flights", 5), "v1", 8),
                new Change.RunCreated(5, other, "v1", 8));
        at(2, new Change.IntervalsPassed("flights", day(1), day(2), 2, Passed.SKIPPED));

        assertThat(standing())
                .isEqualTo(
                        new Standing(
                                schedule().kept(),
                                Map.of(day(3), existing(3, 3, 7), day(5), existing(4, 5, 8)),
                                Optional.of(new ScheduleState.Previous(2, day(1), RunState.QUEUED)),
                                List.of(1L)));
        at(3, new Change.IntervalsPassed("flights", day(3), day(6), 4, Passed.ALREADY_RUN));
        assertThat(standing().ahead()).isEmpty();
        assertThat(standing().previous().map(ScheduleState.Previous::run)).contains(4L);
    }

    @Test
    default void manySchedulesAreTakenUpAtOnceAndThoseOfWhichNothingIsKeptToo() {
        givenASchedule();
        at(
                1,
                new Change.PipelineRegistered("v1", pipeline("hotels", task("only"))),
                scheduled(1, 0),
                new Change.RunCreated(2, identity("hotels", 1), "v1", 0),
                new Change.SchedulePaused("trains", "why"));

        Map<String, Standing> found =
                store().standings(List.of("flights", "hotels", "trains", "ships"));
        assertThat(found).containsOnlyKeys("flights", "hotels", "trains", "ships");
        assertThat(found.get("flights")).isEqualTo(standing());
        assertThat(found.get("hotels"))
                .isEqualTo(
                        new Standing(
                                ScheduleState.Kept.NOTHING,
                                Map.of(
                                        day(1),
                                        new BackfillPlan.Existing(
                                                2,
                                                identity("hotels", 1).name(),
                                                RunState.QUEUED,
                                                0)),
                                Optional.empty(),
                                List.of(2L)));
        assertThat(found.get("trains")).isEqualTo(standing("trains"));
        assertThat(standing("trains").kept().pauses()).hasSize(1);
        assertThat(found.get("ships"))
                .isEqualTo(
                        new Standing(
                                ScheduleState.Kept.NOTHING, Map.of(), Optional.empty(), List.of()));
        assertThat(store().standings(List.of())).isEmpty();
    }

    @Test
    default void historiesOfManyRunsAreToldInTheOrderInWhichThingsHappened() {
        givenASchedule();
        at(1, scheduled(1, 0), scheduled(2, 1), scheduled(3, 2));
        at(2, new Change.RunMoved(3, RunState.QUEUED, RunState.RUNNING));
        at(3, new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));

        List<Recorded> told = new ArrayList<>();
        store().histories(List.of(3L, 1L, 9L), told::add);
        assertThat(told)
                .extracting(Recorded::change)
                .containsExactly(
                        scheduled(1, 0),
                        scheduled(3, 2),
                        new Change.RunMoved(3, RunState.QUEUED, RunState.RUNNING),
                        new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));
    }

    @Test
    default void ofManyVersionsThoseAreToldThatAreRegistered() {
        givenASchedule();
        at(1, new Change.PipelineRegistered("v2", pipeline("hotels", task("only"))));
        at(2, new Change.TasksVerified("hotels", "v2", Set.of("only", "gone")));
        PipelineVersion flights = new PipelineVersion("flights", "v1");
        PipelineVersion hotels = new PipelineVersion("hotels", "v2");
        assertThat(
                        store().registered(
                                        List.of(
                                                flights,
                                                hotels,
                                                new PipelineVersion("flights", "v2"),
                                                new PipelineVersion("ships", "v1"))))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(flights, Set.of(), hotels, Set.of("only", "gone")));
        assertThat(store().registered(List.of())).isEmpty();
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
