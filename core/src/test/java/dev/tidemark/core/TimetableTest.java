package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Interval;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Timetable.Standing;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts, ends, and timetables other than days, pieces and cron. */
final class TimetableTest {
    private static PipelineBuilder flow(Schedule schedule) {
        PipelineBuilder flow = Pipeline.named("flow").schedule(schedule);
        flow.task("a", String.class, task -> "a");
        return flow;
    }

    private static Timetable timetable(PipelineBuilder flow) {
        return Timetable.of(flow.build().definition().timing());
    }

    private static Interval interval(String start, String end) {
        return new Interval(Instant.parse(start), Instant.parse(end));
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }

    /** What a pipeline that is enabled in the middle of things runs first. */
    @ParameterizedTest(name = "{0} from {1}, at {2}: {3}")
    @CsvSource({
        "*/30 * * * *, 2026-06-18, 2026-06-18T01:05:00Z, 00:30, 01:00",
        "*/30 * * * *, 2026-06-18T00:15, 2026-06-18T00:59:00Z, , ",
        "*/30 * * * *, 2026-06-18T00:15, 2026-06-18T01:00:00Z, 00:30, 01:00",
        "30m, 2026-06-18, 2026-06-18T01:05:00Z, 00:30, 01:00",
        "30m, 2026-06-18T00:10, 2026-06-18T01:05:00Z, 00:10, 00:40",
        "30m, 2026-06-18T00:10, 2026-06-18T00:39:59Z, , "
    })
    void theLatestThatIsDueCountsFromTheStart(
            String schedule, String start, Instant now, String from, String to) {
        Schedule cuts = schedule.contains("*") ? Schedule.cron(schedule) : Schedule.every(schedule);
        assertThat(timetable(flow(cuts).startingOn(start)).latestDue(now))
                .isEqualTo(
                        Optional.ofNullable(from)
                                .map(
                                        it ->
                                                interval(
                                                        "2026-06-18T" + it + ":00Z",
                                                        "2026-06-18T" + to + ":00Z")));
    }

    @Test
    void aDayBeforeItsTimeIsNotDueAndTheOneBeforeIs() {
        Timetable daily = timetable(flow(Schedule.daily().at("05:00")).startingOn("2026-06-15"));
        Interval dayBefore = interval("2026-06-16T00:00:00Z", "2026-06-17T00:00:00Z");
        Interval yesterday = interval("2026-06-17T00:00:00Z", "2026-06-18T00:00:00Z");
        assertThat(daily.latestDue(at("2026-06-18T04:00:00Z"))).contains(dayBefore);
        assertThat(daily.nextDue(at("2026-06-18T04:00:00Z"))).contains(yesterday);
        assertThat(daily.due(yesterday)).isEqualTo("2026-06-18T05:00:00Z");
    }

    @Test
    void theFirstIntervalOfACronIsTheFirstWholeOneAfterTheStart() {
        Timetable cron = timetable(flow(Schedule.cron("0 5 * * *")).startingOn("2026-06-18"));
        Interval first = interval("2026-06-18T05:00:00Z", "2026-06-19T05:00:00Z");
        Instant longBefore = at("2020-01-01T00:00:00Z");
        assertThat(cron.firstFrom(longBefore)).contains(first);
        assertThat(cron.before(first)).isEmpty();
        assertThat(cron.latestDue(at("2026-06-19T04:59:59Z"))).isEmpty();
        assertThat(cron.nextDue(longBefore)).contains(first);
        assertThat(cron.nextDue(at("2026-06-19T04:59:59Z"))).contains(first);
        assertThat(
                        timetable(
                                        flow(Schedule.cron("0 5 * * *"))
                                                .startingOn("2026-06-18T05:00:01"))
                                .firstFrom(longBefore))
                .contains(interval("2026-06-19T05:00:00Z", "2026-06-20T05:00:00Z"));
    }

    @Test
    void noIntervalStartsAfterTheEnd() {
        Timetable daily =
                timetable(
                        flow(Schedule.daily().in("Europe/Zurich"))
                                .startingOn("2026-06-17")
                                .endingOn("2026-06-18"));
        Interval first = interval("2026-06-16T22:00:00Z", "2026-06-17T22:00:00Z");
        Interval last = interval("2026-06-17T22:00:00Z", "2026-06-18T22:00:00Z");
        Interval past = interval("2026-06-18T22:00:00Z", "2026-06-19T22:00:00Z");
        Instant yearsLater = at("2030-01-01T00:00:00Z");
        assertThat(daily.startingFrom(LocalDate.parse("2026-06-01"), LocalDate.parse("2026-07-01")))
                .containsExactly(first, last);
        assertThat(daily.after(last)).isEmpty();
        assertThat(daily.firstFrom(past.start())).isEmpty();
        assertThat(daily.before(past)).contains(last);
        assertThat(daily.latestDue(yearsLater)).contains(last);
        assertThat(daily.nextDue(yearsLater)).isEmpty();
        assertThat(daily.standing(past)).isEqualTo(Standing.AFTER_END);
        assertThat(daily.standing(last)).isEqualTo(Standing.WITHIN);
        assertThat(daily.standing(first)).isEqualTo(Standing.WITHIN);
        assertThat(daily.standing(interval("2026-06-15T22:00:00Z", "2026-06-16T22:00:00Z")))
                .isEqualTo(Standing.BEFORE_START);
    }

    @Test
    void anEndWithATimeIsTheFirstMomentAtWhichNoneStarts() {
        Timetable halfHours =
                timetable(flow(Schedule.cron("*/30 * * * *")).endingOn("2026-06-18T12:00"));
        assertThat(halfHours.latestDue(at("2026-06-20T00:00:00Z")))
                .contains(interval("2026-06-18T11:30:00Z", "2026-06-18T12:00:00Z"));
    }

    /** An edited schedule goes on where the old one stopped, without running time twice. */
    @Test
    void afterAndBeforeAnIntervalOfAnOlderScheduleNothingOverlaps() {
        Interval day = interval("2026-06-17T22:00:00Z", "2026-06-18T22:00:00Z");
        Timetable sixHours = timetable(flow(Schedule.every("6h")));
        assertThat(sixHours.after(day))
                .contains(interval("2026-06-19T00:00:00Z", "2026-06-19T06:00:00Z"));
        assertThat(sixHours.before(day))
                .contains(interval("2026-06-17T12:00:00Z", "2026-06-17T18:00:00Z"));
    }

    @Test
    void aStartThatClocksSkipIsTheFirstInstantAfterTheGap() {
        Timetable pieces =
                timetable(
                        flow(Schedule.every("1h").in("Europe/Zurich"))
                                .startingOn("2023-03-26T02:30"));
        assertThat(pieces.firstFrom(Instant.EPOCH))
                .contains(interval("2023-03-26T01:00:00Z", "2023-03-26T02:00:00Z"));
    }

    @Test
    void piecesAreCountedFromTheStartOfADateInItsZone() {
        Timetable pieces =
                timetable(flow(Schedule.every("5h").in("Asia/Kolkata")).startingOn("2001-02-01"));
        assertThat(pieces.firstFrom(Instant.EPOCH))
                .contains(interval("2001-01-31T18:30:00Z", "2001-01-31T23:30:00Z"));
    }

    private static Schedule.BusinessDays businessDays(String... holidays) {
        return new Schedule.BusinessDays(
                LocalTime.of(5, 0),
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                new TreeSet<>(List.of(holidays).stream().map(LocalDate::parse).toList()),
                ZoneOffset.UTC);
    }

    /** Friday 2026-12-25 is a holiday, and so is Monday the 28th. */
    @Test
    void weekendsAndHolidaysHaveNoInterval() {
        Timetable days = timetable(flow(businessDays("2026-12-25", "2026-12-28", "2026-12-26")));
        List<Interval> found =
                days.startingFrom(LocalDate.parse("2026-12-23"), LocalDate.parse("2026-12-30"));
        assertThat(found)
                .extracting(day -> days.partition(day).key())
                .containsExactly("2026-12-23", "2026-12-24", "2026-12-29", "2026-12-30");
        assertThat(days.after(found.get(1))).contains(found.get(2));
        assertThat(days.before(found.get(2))).contains(found.get(1));
        assertThat(found.get(1))
                .isEqualTo(interval("2026-12-24T00:00:00Z", "2026-12-25T00:00:00Z"));
        assertThat(days.due(found.get(1))).isEqualTo("2026-12-25T05:00:00Z");
        assertThat(days.latestDue(at("2026-12-29T12:00:00Z"))).contains(found.get(1));
        assertThat(days.nextDue(at("2026-12-29T12:00:00Z"))).contains(found.get(2));
    }

    @Test
    void eventsAreTheWholeTimetable() {
        Timetable events =
                timetable(
                        flow(
                                Schedule.events(
                                        "2026-07-01T00:00Z/2026-07-03T00:00Z",
                                        "2026-06-18T12:00Z",
                                        "2026-07-03T00:00Z")));
        Interval moment = interval("2026-06-18T12:00:00Z", "2026-06-18T12:00:00Z");
        Interval days = interval("2026-07-01T00:00:00Z", "2026-07-03T00:00:00Z");
        Interval last = interval("2026-07-03T00:00:00Z", "2026-07-03T00:00:00Z");
        assertThat(events.firstFrom(Instant.EPOCH)).contains(moment);
        assertThat(events.after(moment)).contains(days);
        assertThat(events.after(days)).contains(last);
        assertThat(events.after(last)).isEmpty();
        assertThat(events.before(moment)).isEmpty();
        assertThat(events.before(last)).contains(days);
        assertThat(events.latestDue(at("2026-06-18T11:59:59Z"))).isEmpty();
        assertThat(events.nextDue(at("2026-06-18T11:59:59Z"))).contains(moment);
        assertThat(events.latestDue(at("2026-06-18T12:00:00Z"))).contains(moment);
        assertThat(events.latestDue(at("2026-07-02T23:59:59Z"))).contains(moment);
        assertThat(events.nextDue(at("2026-07-02T23:59:59Z"))).contains(days);
        assertThat(events.latestDue(at("2030-01-01T00:00:00Z"))).contains(last);
        assertThat(events.nextDue(at("2030-01-01T00:00:00Z"))).isEmpty();
        assertThat(events.partition(days).key()).isEqualTo("20260701T000000Z");
    }

    @Test
    void onceIsOneIntervalBetweenStartAndEnd() {
        Timetable moment = timetable(flow(Schedule.once()).startingOn("2026-06-18T05:00"));
        Interval five = interval("2026-06-18T05:00:00Z", "2026-06-18T05:00:00Z");
        assertThat(moment.firstFrom(Instant.EPOCH)).contains(five);
        assertThat(moment.after(five)).isEmpty();
        assertThat(moment.before(five)).isEmpty();
        assertThat(moment.latestDue(at("2026-06-18T04:59:59Z"))).isEmpty();
        assertThat(moment.latestDue(at("2030-06-18T00:00:00Z"))).contains(five);

        Timetable june =
                timetable(
                        flow(Schedule.once().in("Europe/Zurich"))
                                .startingOn("2026-06-01")
                                .endingOn("2026-06-30"));
        Interval month = interval("2026-05-31T22:00:00Z", "2026-06-30T22:00:00Z");
        assertThat(june.firstFrom(Instant.EPOCH)).contains(month);
        assertThat(june.latestDue(at("2026-06-30T21:59:59Z"))).isEmpty();
        assertThat(june.latestDue(at("2026-06-30T22:00:00Z"))).contains(month);
    }

    @Test
    void continuousGoesOnWhereTheLastOneEnded() {
        ContinuousTimetable continuous =
                (ContinuousTimetable)
                        timetable(
                                flow(Schedule.continuous())
                                        .startingOn("2026-06-18")
                                        .endingOn("2026-06-18"));
        Interval first = interval("2026-06-18T00:00:00Z", "2026-06-18T07:00:00Z");
        assertThat(continuous.next(Optional.empty(), at("2026-06-17T23:00:00Z"))).isEmpty();
        assertThat(continuous.next(Optional.empty(), first.end())).contains(first);
        assertThat(continuous.next(Optional.of(first), at("2026-06-18T07:05:00Z")))
                .contains(interval("2026-06-18T07:00:00Z", "2026-06-18T07:05:00Z"));
        assertThat(continuous.next(Optional.of(first), at("2026-06-20T00:00:00Z")))
                .contains(interval("2026-06-18T07:00:00Z", "2026-06-19T00:00:00Z"));
        assertThat(
                        continuous.next(
                                Optional.of(
                                        interval("2026-06-18T07:00:00Z", "2026-06-19T00:00:00Z")),
                                at("2026-06-20T00:00:00Z")))
                .isEmpty();
        assertThat(continuous.nextDue(at("2026-06-18T07:00:00Z"))).isEmpty();
        assertThatThrownBy(() -> continuous.startingFrom(LocalDate.EPOCH, LocalDate.EPOCH))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("runs continuously, so it has no intervals");
    }

    @Test
    void continuousWithoutAStartBeginsWithNothing() {
        ContinuousTimetable continuous =
                (ContinuousTimetable) timetable(flow(Schedule.continuous()));
        Interval now = interval("2026-06-18T07:00:00Z", "2026-06-18T07:00:00Z");
        assertThat(continuous.next(Optional.empty(), now.start())).contains(now);
        assertThat(continuous.next(Optional.of(now), at("2026-06-18T07:05:00Z")))
                .contains(interval("2026-06-18T07:00:00Z", "2026-06-18T07:05:00Z"));
    }
}
