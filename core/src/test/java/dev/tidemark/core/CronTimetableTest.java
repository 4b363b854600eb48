package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Bounds;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From tick to tick, where clocks change above all. Expectations are in UTC. */
final class CronTimetableTest {
    private static Timetable of(Schedule schedule) {
        return Timetable.of(PipelineDefinition.Timing.of(schedule, Bounds.NONE));
    }

    private static Timetable cron(String zone, String... expressions) {
        return of(Schedule.cron(expressions).in(zone));
    }

    /** The ends of the intervals from a local date on; each interval ends where the next starts. */
    private static List<String> ticks(Timetable timetable, String date, int count) {
        List<String> ticks = new ArrayList<>();
        Interval interval =
                timetable
                        .firstFrom(LocalDate.parse(date).atStartOfDay(timetable.zone()).toInstant())
                        .orElseThrow();
        ticks.add(interval.start().toString());
        while (ticks.size() < count) {
            ticks.add(interval.end().toString());
            Interval next = timetable.after(interval).orElseThrow();
            assertThat(next.start()).isEqualTo(interval.end());
            assertThat(timetable.before(next)).contains(interval);
            interval = next;
        }
        return ticks;
    }

    private static List<String> expected(String ticks) {
        return List.of(ticks.split(" +", -1));
    }

    /** The rules for hours that are named: the first time, or the first instant after a gap. */
    @ParameterizedTest(name = "{0} in {1} from {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 2 * * *      | Europe/Zurich       | 2023-03-25 | 2023-03-25T01:00:00Z \
                        2023-03-26T01:00:00Z 2023-03-27T00:00:00Z
                    0 3 * * *      | Europe/Zurich       | 2023-03-25 | 2023-03-25T02:00:00Z \
                        2023-03-26T01:00:00Z 2023-03-27T01:00:00Z
                    0 2 * * *      | Europe/Zurich       | 2023-10-28 | 2023-10-28T00:00:00Z \
                        2023-10-29T00:00:00Z 2023-10-30T01:00:00Z
                    0 3 * * *      | Europe/Zurich       | 2023-10-28 | 2023-10-28T01:00:00Z \
                        2023-10-29T02:00:00Z 2023-10-30T02:00:00Z
                    30 2 * * *     | Europe/Zurich       | 2023-03-25 | 2023-03-25T01:30:00Z \
                        2023-03-26T01:00:00Z 2023-03-27T00:30:00Z
                    30 2 * * *     | Europe/Zurich       | 2023-10-28 | 2023-10-28T00:30:00Z \
                        2023-10-29T00:30:00Z 2023-10-30T01:30:00Z
                    0 2,3 * * *    | Europe/Zurich       | 2023-03-26 | 2023-03-26T01:00:00Z \
                        2023-03-27T00:00:00Z 2023-03-27T01:00:00Z
                    30 2,3 * * *   | Europe/Zurich       | 2023-03-26 | 2023-03-26T01:00:00Z \
                        2023-03-26T01:30:00Z 2023-03-27T00:30:00Z
                    */20 2 * * *   | Europe/Zurich       | 2023-03-26 | 2023-03-26T01:00:00Z \
                        2023-03-27T00:00:00Z 2023-03-27T00:20:00Z
                    */30 1-3 * * * | Europe/Zurich       | 2023-10-29 | 2023-10-28T23:00:00Z \
                        2023-10-28T23:30:00Z 2023-10-29T00:00:00Z 2023-10-29T00:30:00Z \
                        2023-10-29T02:00:00Z 2023-10-29T02:30:00Z 2023-10-30T00:00:00Z
                    0 */2 * * *    | Europe/Zurich       | 2023-03-26 | 2023-03-25T23:00:00Z \
                        2023-03-26T01:00:00Z 2023-03-26T02:00:00Z 2023-03-26T04:00:00Z
                    0 */2 * * *    | Europe/Zurich       | 2023-10-29 | 2023-10-28T22:00:00Z \
                        2023-10-29T00:00:00Z 2023-10-29T03:00:00Z 2023-10-29T05:00:00Z
                    0 0 * * *      | America/Sao_Paulo   | 2018-11-03 | 2018-11-03T03:00:00Z \
                        2018-11-04T03:00:00Z 2018-11-05T02:00:00Z
                    30 0 * * *     | America/Sao_Paulo   | 2018-11-03 | 2018-11-03T03:30:00Z \
                        2018-11-04T03:00:00Z 2018-11-05T02:30:00Z
                    0 0 * * *      | America/Havana      | 2023-11-04 | 2023-11-04T04:00:00Z \
                        2023-11-05T04:00:00Z 2023-11-06T05:00:00Z
                    30 23 * * *    | America/Sao_Paulo   | 2018-02-16 | 2018-02-17T01:30:00Z \
                        2018-02-18T01:30:00Z 2018-02-19T02:30:00Z
                    0 0 * * *      | America/St_Johns    | 2010-11-06 | 2010-11-06T02:30:00Z \
                        2010-11-07T02:30:00Z 2010-11-08T03:30:00Z
                    30 23 * * *    | America/St_Johns    | 2010-11-05 | 2010-11-06T02:00:00Z \
                        2010-11-07T02:00:00Z 2010-11-08T03:00:00Z
                    0,1 0 * * *    | America/St_Johns    | 2010-11-07 | 2010-11-07T02:30:00Z \
                        2010-11-07T03:31:00Z 2010-11-08T03:30:00Z
                    15 2 * * *     | Australia/Lord_Howe | 2023-09-30 | 2023-09-29T15:45:00Z \
                        2023-09-30T15:30:00Z 2023-10-01T15:15:00Z
                    45 1 * * *     | Australia/Lord_Howe | 2023-04-01 | 2023-03-31T14:45:00Z \
                        2023-04-01T14:45:00Z 2023-04-02T15:15:00Z
                    0 0 * * *      | Pacific/Apia        | 2011-12-29 | 2011-12-29T10:00:00Z \
                        2011-12-30T10:00:00Z 2011-12-31T10:00:00Z
                    0 5 * * *      | Pacific/Apia        | 2011-12-29 | 2011-12-29T15:00:00Z \
                        2011-12-30T10:00:00Z 2011-12-30T15:00:00Z 2011-12-31T15:00:00Z
                    0 0 30 12 *    | Pacific/Apia        | 2010-12-01 | 2010-12-30T10:00:00Z \
                        2011-12-30T10:00:00Z 2012-12-29T10:00:00Z
                    0 5 * * *      | Asia/Kolkata        | 2023-03-26 | 2023-03-25T23:30:00Z \
                        2023-03-26T23:30:00Z
                    59 59 1 * * *  | America/New_York    | 2021-11-06 | 2021-11-06T05:59:59Z \
                        2021-11-07T05:59:59Z 2021-11-08T06:59:59Z
                    """)
    void wallClockTimesAreTakenOnceAndNeverLost(
            String expression, String zone, String date, String ticks) {
        List<String> expected = expected(ticks);
        assertThat(ticks(cron(zone, expression), date, expected.size())).isEqualTo(expected);
    }

    /** The rule for all hours: elapsed time, so clocks that go back show a minute again. */
    @ParameterizedTest(name = "{0} in {1} from {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    */30 * * * *   | Europe/Zurich       | 2023-10-29T01:30+02:00 | \
                        2023-10-28T23:30:00Z 2023-10-29T00:00:00Z 2023-10-29T00:30:00Z \
                        2023-10-29T01:00:00Z 2023-10-29T01:30:00Z 2023-10-29T02:00:00Z
                    */30 * * * *   | Europe/Zurich       | 2023-03-26T01:30+01:00 | \
                        2023-03-26T00:30:00Z 2023-03-26T01:00:00Z 2023-03-26T01:30:00Z
                    15 * * * *     | Europe/Zurich       | 2023-03-26T01:15+01:00 | \
                        2023-03-26T00:15:00Z 2023-03-26T01:15:00Z 2023-03-26T02:15:00Z
                    15 * * * *     | Europe/Zurich       | 2023-10-29T02:15+02:00 | \
                        2023-10-29T00:15:00Z 2023-10-29T01:15:00Z 2023-10-29T02:15:00Z
                    0 0-23 * * *   | Europe/Zurich       | 2023-10-29T02:00+02:00 | \
                        2023-10-29T00:00:00Z 2023-10-29T01:00:00Z 2023-10-29T02:00:00Z
                    */30 * * * *   | Australia/Lord_Howe | 2023-10-01T01:30+10:30 | \
                        2023-09-30T15:00:00Z 2023-09-30T15:30:00Z 2023-09-30T16:00:00Z
                    */30 * * * *   | Australia/Lord_Howe | 2023-04-02T01:30+11:00 | \
                        2023-04-01T14:30:00Z 2023-04-01T15:00:00Z 2023-04-01T15:30:00Z
                    0 * * * *      | Australia/Lord_Howe | 2023-10-01T01:00+10:30 | \
                        2023-09-30T14:30:00Z 2023-09-30T16:00:00Z 2023-09-30T17:00:00Z
                    0 * * * *      | Australia/Lord_Howe | 2023-04-02T01:00+11:00 | \
                        2023-04-01T14:00:00Z 2023-04-01T15:30:00Z 2023-04-01T16:30:00Z
                    30 * * * *     | Australia/Lord_Howe | 2023-04-02T00:30+11:00 | \
                        2023-04-01T13:30:00Z 2023-04-01T14:30:00Z 2023-04-01T15:00:00Z \
                        2023-04-01T16:00:00Z
                    30 * * * *     | Australia/Lord_Howe | 2023-10-01T01:30+10:30 | \
                        2023-09-30T15:00:00Z 2023-09-30T15:30:00Z 2023-09-30T16:30:00Z
                    0 * 29 12 *    | Pacific/Apia        | 2011-12-29T23:00-10:00 | \
                        2011-12-30T09:00:00Z 2012-12-28T10:00:00Z
                    0 * 31 12 *    | Pacific/Apia        | 2011-12-29T23:30-10:00 | \
                        2011-12-30T10:00:00Z 2011-12-30T11:00:00Z
                    """)
    void everyHourIsElapsedTime(
            String expression, String zone, java.time.OffsetDateTime from, String ticks) {
        Timetable timetable = cron(zone, expression);
        List<String> expected = expected(ticks);
        List<String> found = new ArrayList<>();
        Optional<Interval> next = timetable.firstFrom(from.toInstant());
        while (found.size() < expected.size()) {
            found.add(next.orElseThrow().start().toString());
            assertThat(timetable.before(timetable.after(next.get()).orElseThrow())).isEqualTo(next);
            next = timetable.after(next.get());
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void severalExpressionsAreTheUnionOfTheirTicks() {
        assertThat(
                        ticks(
                                cron("UTC", "0 8 * * MON-FRI", "0 */8 * * *", "30 12 * * *"),
                                "2026-06-01",
                                6))
                .containsExactly(
                        "2026-06-01T00:00:00Z",
                        "2026-06-01T08:00:00Z",
                        "2026-06-01T12:30:00Z",
                        "2026-06-01T16:00:00Z",
                        "2026-06-02T00:00:00Z",
                        "2026-06-02T08:00:00Z");
    }

    /** Clocks go from two to three: both times are the same instant. */
    @Test
    void ticksOfSeveralExpressionsThatFallTogetherCountOnce() {
        assertThat(ticks(cron("Europe/Zurich", "30 2 * * *", "0 3 * * *"), "2023-03-26", 3))
                .containsExactly(
                        "2023-03-26T01:00:00Z", "2023-03-27T00:30:00Z", "2023-03-27T01:00:00Z");
    }

    @Test
    void aTriggerHasTheSameTicksAndCoversNothing() {
        Timetable trigger = of(Schedule.cron("0 2 * * *").in("Europe/Zurich").triggerOnly());
        LocalDate spring = LocalDate.parse("2023-03-25");
        List<Interval> intervals = trigger.startingFrom(spring, spring.plusDays(2));
        assertThat(intervals)
                .allMatch(Interval::isEmpty)
                .extracting(interval -> interval.start().toString())
                .containsExactly(
                        "2023-03-25T01:00:00Z", "2023-03-26T01:00:00Z", "2023-03-27T00:00:00Z");
        assertThat(trigger.after(intervals.get(0))).contains(intervals.get(1));
        assertThat(trigger.before(intervals.get(1))).contains(intervals.get(0));
        assertThat(trigger.latestDue(intervals.get(1).start())).contains(intervals.get(1));
        assertThat(trigger.latestDue(intervals.get(1).start().minusNanos(1)))
                .contains(intervals.get(0));
        assertThat(trigger.due(intervals.get(1))).isEqualTo(intervals.get(1).start());
        assertThat(trigger.partition(intervals.get(1)).key()).isEqualTo("20230326T010000Z");
    }

    @Test
    void anIntervalIsDueAtTheTickThatEndsIt() {
        Timetable cron = cron("UTC", "0 5 * * *");
        Instant five = Instant.parse("2026-06-02T05:00:00Z");
        Interval before = new Interval(five.minus(Duration.ofDays(2)), five.minus(DAY));
        Interval latest = new Interval(five.minus(DAY), five);
        assertThat(cron.due(latest)).isEqualTo(five);
        assertThat(cron.latestDue(five)).contains(latest);
        assertThat(cron.latestDue(five.minusNanos(1))).contains(before);
        assertThat(cron.nextDue(five.minusNanos(1))).contains(latest);
        assertThat(cron.nextDue(five)).contains(new Interval(five, five.plus(DAY)));
        assertThat(cron.partition(latest).key()).isEqualTo("20260601T050000Z");
    }

    private static final Duration DAY = Duration.ofDays(1);

    /** Rare days are found by fields: a walk over the minutes between would take hours. */
    @Test
    void tenThousandLeapDaysAreFoundAtOnce() {
        Timetable leap = cron("Europe/Zurich", "0 0 29 2 *");
        Optional<Interval> next = leap.firstFrom(Instant.parse("2000-01-01T00:00:00Z"));
        for (int i = 0; i < 10_000; i++) {
            next = leap.after(next.orElseThrow());
        }
        assertThat(next.orElseThrow().start().atZone(leap.zone()).getYear()).isEqualTo(43_236);
    }
}
