package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Bounds;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calendar days, on days when clocks change above all. */
final class DaysTest {
    private static final Bounds FROM_THE_SEVENTH = Bounds.startingOn(LocalDate.parse("2001-02-07"));

    private static Timetable days(String zone, String at, Bounds bounds) {
        return Timetable.of(PipelineDefinition.Timing.of(Schedule.daily().at(at).in(zone), bounds));
    }

    private static Timetable days(String zone) {
        return days(zone, "00:00", Bounds.NONE);
    }

    private static Interval day(String zone, String date) {
        LocalDate day = LocalDate.parse(date);
        return days(zone).startingFrom(day, day).getFirst();
    }

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource({
        "Europe/Zurich, 2023-03-26, 2023-03-25T23:00:00Z, 23",
        "Europe/Zurich, 2023-10-29, 2023-10-28T22:00:00Z, 25",
        "America/New_York, 2021-03-14, 2021-03-14T05:00:00Z, 23",
        "America/New_York, 2021-11-07, 2021-11-07T04:00:00Z, 25",
        "America/Sao_Paulo, 2018-11-04, 2018-11-04T03:00:00Z, 23",
        "America/Sao_Paulo, 2018-02-17, 2018-02-17T02:00:00Z, 25",
        "Asia/Beirut, 2022-03-27, 2022-03-26T22:00:00Z, 23",
        "Asia/Beirut, 2022-10-29, 2022-10-28T21:00:00Z, 25",
        "America/Havana, 2023-11-05, 2023-11-05T04:00:00Z, 25",
        "Atlantic/Azores, 2023-10-29, 2023-10-29T00:00:00Z, 25",
        "Asia/Kolkata, 2023-10-29, 2023-10-28T18:30:00Z, 24"
    })
    void aDayIsAsLongAsItsClocksMakeIt(String zone, String date, Instant start, int hours) {
        Interval day = day(zone, date);
        assertThat(day).isEqualTo(new Interval(start, start.plus(Duration.ofHours(hours))));
        assertThat(days(zone).partition(day).key()).isEqualTo(date);
    }

    @Test
    void lordHoweMovesItsClocksByHalfAnHour() {
        Interval spring = day("Australia/Lord_Howe", "2023-10-01");
        Interval autumn = day("Australia/Lord_Howe", "2023-04-02");
        assertThat(Duration.between(spring.start(), spring.end())).hasMinutes(23 * 60 + 30);
        assertThat(Duration.between(autumn.start(), autumn.end())).hasMinutes(24 * 60 + 30);
    }

    /** At 00:01 the clocks went back to 23:01 of the day before. */
    @Test
    void whereMidnightRepeatsTheFirstBeginsTheDay() {
        assertThat(day("America/St_Johns", "2010-11-07"))
                .isEqualTo(
                        new Interval(
                                Instant.parse("2010-11-07T02:30:00Z"),
                                Instant.parse("2010-11-08T03:30:00Z")));
        assertThat(day("America/St_Johns", "2010-11-06").end())
                .isEqualTo(Instant.parse("2010-11-07T02:30:00Z"));
    }

    /** Clocks show the evening before again, though the new day has begun. */
    @Test
    void inARepeatedEveningTheLatestDayIsTheNewOne() {
        WallClock clock = new WallClock(ZoneId.of("America/St_Johns"));
        CalendarDays days = new CalendarDays(LocalTime.MIDNIGHT, clock, Set.of(), Set.of());
        Instant repeated = Instant.parse("2010-11-07T02:45:00Z");
        assertThat(clock.at(repeated)).hasToString("2010-11-06T23:15");
        assertThat(days.startingBefore(repeated)).contains(day("America/St_Johns", "2010-11-07"));
        assertThat(days.startingFrom(repeated)).contains(day("America/St_Johns", "2010-11-08"));
    }

    @Test
    void aDayThatAZoneSkippedHasNoInterval() {
        Timetable apia = days("Pacific/Apia");
        assertThat(apia.startingFrom(LocalDate.parse("2011-12-29"), LocalDate.parse("2011-12-31")))
                .extracting(day -> apia.partition(day).key())
                .containsExactly("2011-12-29", "2011-12-31");
        assertThat(apia.before(day("Pacific/Apia", "2011-12-31")))
                .contains(day("Pacific/Apia", "2011-12-29"));
        assertThat(apia.due(day("Pacific/Apia", "2011-12-29")))
                .isEqualTo(day("Pacific/Apia", "2011-12-31").start());
        assertThat(apia.latestDue(day("Pacific/Apia", "2011-12-31").start()))
                .contains(day("Pacific/Apia", "2011-12-29"));
    }

    @ParameterizedTest(name = "{1} at {2} in {0}: due {3}")
    @CsvSource({
        "UTC, 2001-02-01, 00:00, 2001-02-02T00:00:00Z",
        "UTC, 2001-02-01, 05:00, 2001-02-02T05:00:00Z",
        "America/New_York, 2001-02-01, 05:00, 2001-02-02T10:00:00Z",
        // A time that does not exist moves to the first instant after the gap.
        "America/New_York, 2021-03-13, 02:30, 2021-03-14T07:00:00Z",
        "Europe/Zurich, 2023-03-25, 02:00, 2023-03-26T01:00:00Z",
        "Europe/Zurich, 2023-03-25, 02:59, 2023-03-26T01:00:00Z",
        "Europe/Zurich, 2023-03-25, 03:00, 2023-03-26T01:00:00Z",
        "America/Sao_Paulo, 2018-11-03, 00:00, 2018-11-04T03:00:00Z",
        "America/Sao_Paulo, 2018-11-03, 00:30, 2018-11-04T03:00:00Z",
        // A time that comes twice is meant the first time.
        "Europe/Zurich, 2023-10-28, 02:00, 2023-10-29T00:00:00Z",
        "Europe/Zurich, 2023-10-28, 02:30, 2023-10-29T00:30:00Z",
        "Europe/Zurich, 2023-10-28, 03:00, 2023-10-29T02:00:00Z",
        "America/St_Johns, 2010-11-06, 00:00, 2010-11-07T02:30:00Z"
    })
    void aRunIsDueAtItsTimeOnTheDayAfter(String zone, String date, String at, Instant due) {
        assertThat(days(zone, at, Bounds.NONE).due(day(zone, date))).isEqualTo(due);
    }

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({
        "2001-02-10T04:00:00Z, 2001-02-08",
        "2001-02-10T04:59:59Z, 2001-02-08",
        "2001-02-10T05:00:00Z, 2001-02-09",
        "2001-02-11T04:00:00Z, 2001-02-09"
    })
    void theLatestIntervalIsTheOneWhoseTimeHasCome(Instant now, String date) {
        Timetable daily = days("UTC", "05:00", FROM_THE_SEVENTH);
        assertThat(daily.latestDue(now)).contains(day("UTC", date));
    }

    @Test
    void nothingIsDueBeforeTheFirstIntervalIsOver() {
        Timetable daily = days("UTC", "05:00", FROM_THE_SEVENTH);
        assertThat(daily.latestDue(Instant.parse("2001-02-08T04:59:59Z"))).isEmpty();
        assertThat(daily.latestDue(Instant.parse("2001-02-08T05:00:00Z"))).isPresent();
        assertThat(daily.latestDue(Instant.parse("1999-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void thereIsNothingBeforeTheFirstInterval() {
        Timetable daily = days("UTC", "00:00", FROM_THE_SEVENTH);
        assertThat(daily.before(day("UTC", "2001-02-07"))).isEmpty();
        assertThat(daily.before(day("UTC", "2001-02-08"))).contains(day("UTC", "2001-02-07"));
        assertThat(daily.startingFrom(LocalDate.parse("2001-02-01"), LocalDate.parse("2001-02-08")))
                .containsExactly(day("UTC", "2001-02-07"), day("UTC", "2001-02-08"));
    }

    @Test
    void asManyDaysAsABackfillMayHoldAreGivenAndNotOneMore() {
        LocalDate from = LocalDate.parse("1800-01-01");
        LocalDate last = from.plusDays(BackfillPlan.MAX_INTERVALS - 1L);
        assertThat(days("UTC").startingFrom(from, last)).hasSize(BackfillPlan.MAX_INTERVALS);
        assertThatThrownBy(() -> days("UTC").startingFrom(from, last.plusDays(1)))
                .isInstanceOf(TidemarkException.class)
                .hasMessage(
                        "the range from 1800-01-01 to 2073-10-16 holds more than 100000 intervals,"
                            + " the most at once. Ask for the days up to 2073-10-14 first, and then"
                            + " for the rest");
    }
}
