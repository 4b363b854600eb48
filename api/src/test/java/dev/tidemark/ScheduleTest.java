package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How schedules are declared, and what of them is refused. */
class ScheduleTest {
    private static void refused(ThrowingCallable call, String... messages) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
                .message()
                .contains(messages);
    }

    private static PipelineBuilder flow(Schedule schedule) {
        PipelineBuilder flow = Pipeline.named("flow").schedule(schedule);
        flow.task("a", String.class, task -> "a");
        return flow;
    }

    @Test
    void cronKeepsItsExpressionsAndItsZone() {
        Schedule.Cron cron = Schedule.cron("@daily", "0 12 * * mon").in("Europe/Zurich");
        assertThat(cron.expressions())
                .extracting(CronExpression::text)
                .containsExactly("0 0 * * *", "0 12 * * MON");
        assertThat(cron.zone()).isEqualTo(ZoneId.of("Europe/Zurich"));
        assertThat(cron.triggerOnly())
                .isEqualTo(new Schedule.CronTrigger(cron.expressions(), cron.zone()));
    }

    @Test
    void aCronThatIsRefusedIsNamedWithItsPlace() {
        refused(
                () -> Schedule.cron("0 0 30 2 *"),
                "cron '0 0 30 2 *': never fires",
                "(ScheduleTest.java:");
        refused(Schedule::cron, "a cron schedule needs an expression, such as '0 5 * * *'");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Europe/Zuerich, write it as Europe/Zurich or UTC",
        "europe/zurich, did you mean Europe/Zurich?",
        "zurich, did you mean Europe/Zurich?",
        "New York, did you mean America/New_York?",
        "'', write it as Europe/Zurich or UTC"
    })
    void anUnknownZoneIsRefusedWithTheOneThatWasMeant(String zone, String hint) {
        refused(
                () -> Schedule.cron("@daily").in(zone),
                "unknown time zone '" + zone + "'; " + hint);
    }

    @Test
    void holidaysAreReadFromAFileBesideTheClass() {
        Schedule.BusinessDays days =
                Schedule.businessDays().at("06:00").holidays(ScheduleTest.class, "holidays.txt");
        assertThat(days.holidays())
                .containsExactly(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 25));
        assertThat(days.weekend()).containsExactlyInAnyOrder(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    }

    @Test
    void aFileOfHolidaysThatIsMissingOrWrongIsRefused() {
        refused(
                () -> Schedule.businessDays().holidays(ScheduleTest.class, "none.txt"),
                "there is no file none.txt of holidays beside ScheduleTest",
                "(ScheduleTest.java:");
        refused(
                () -> Schedule.businessDays().holidays(ScheduleTest.class, "holidays-wrong.txt"),
                "holidays-wrong.txt:1: '25.12.2026' is not a date; write one a line, as"
                        + " 2026-12-25");
    }

    @Test
    void aWeekOfSevenFreeDaysIsRefused() {
        refused(
                () -> Schedule.businessDays().weekendOn(DayOfWeek.values()),
                "the weekend has all seven days");
        assertThat(Schedule.businessDays().weekendOn().weekend()).isEmpty();
    }

    @Test
    void eventsAreMomentsAndIntervalsInTheOrderOfTime() {
        assertThat(
                        Schedule.events(
                                        "2026-07-01T00:00Z/2026-07-02T00:00Z",
                                        "2026-06-18T14:00+02:00",
                                        "2026-07-02T00:00Z")
                                .intervals())
                .extracting(Interval::toString)
                .containsExactly(
                        "2026-06-18T12:00:00Z/2026-06-18T12:00:00Z",
                        "2026-07-01T00:00:00Z/2026-07-02T00:00:00Z",
                        "2026-07-02T00:00:00Z/2026-07-02T00:00:00Z");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "2026-06-18",
                "2026-06-18T12:00",
                "2026-06-18T12:00:00.5Z",
                "2026-06-18T12:00Z/",
                "2026-06-18T12:00Z/2026-06-18T13:00Z/2026-06-18T14:00Z"
            })
    void whatIsNoEventIsRefused(String event) {
        refused(() -> Schedule.events(event), "'" + event + "' is no event; write a moment");
    }

    @Test
    void eventsThatMeetAreRefused() {
        refused(
                () -> Schedule.events("2026-06-18T12:00Z/2026-06-18T13:00Z", "2026-06-18T12:59Z"),
                "2026-06-18T12:00:00Z/2026-06-18T13:00:00Z",
                "overlap or have the same start");
        refused(
                () -> Schedule.events("2026-06-18T12:00Z", "2026-06-18T12:00Z/2026-06-18T13:00Z"),
                "overlap or have the same start");
        refused(
                () -> Schedule.events("2026-06-18T13:00Z/2026-06-18T12:00Z"),
                "ends before it starts");
        refused(Schedule::events, "there are 0 events; name 1 to 10000");
    }

    @Test
    void whatRunsOnceMustSayWhen() {
        refused(() -> flow(Schedule.once()).build(), "a pipeline that runs once has to say when");
        assertThat(flow(Schedule.once()).startingOn("2026-06-18").build()).isNotNull();
    }

    @Test
    void aStartIsADateOrALocalTime() {
        assertThat(bounds(flow(Schedule.daily()).startingOn("2001-02-01")))
                .isEqualTo(Bounds.startingOn(LocalDate.of(2001, 2, 1)));
        assertThat(bounds(flow(Schedule.every("30m")).startingOn("2001-02-01T00:10")).from())
                .contains(LocalDateTime.of(2001, 2, 1, 0, 10));
    }

    @Test
    void anEndIncludesItsDateAndExcludesItsTime() {
        assertThat(bounds(flow(Schedule.daily()).endingOn("2001-02-28")))
                .isEqualTo(
                        new Bounds(
                                Optional.empty(), Optional.of(LocalDateTime.of(2001, 3, 1, 0, 0))));
        assertThat(bounds(flow(Schedule.daily()).endingOn("2001-02-28T12:00")).until())
                .contains(LocalDateTime.of(2001, 2, 28, 12, 0));
    }

    private static Bounds bounds(PipelineBuilder flow) {
        return flow.build().definition().timing().bounds();
    }

    @Test
    void anEndBeforeTheStartIsRefusedWhicheverIsSaidFirst() {
        refused(
                () -> flow(Schedule.daily()).startingOn("2001-02-02").endingOn("2001-02-01"),
                "endingOn 2001-02-01 is before startingOn 2001-02-02",
                "let it end later or start earlier (ScheduleTest.java:");
        refused(
                () -> flow(Schedule.daily()).endingOn("2001-02-01T06:00").startingOn("2001-02-02"),
                "endingOn 2001-02-01T06:00 is before startingOn 2001-02-02");
        refused(
                () ->
                        flow(Schedule.daily())
                                .startingOn("2001-02-01T06:00")
                                .endingOn("2001-02-01T06:00"),
                "nothing would ever run");
        assertThat(bounds(flow(Schedule.daily()).startingOn("2001-02-01").endingOn("2001-02-01")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 Feb",
                "2001-02-30",
                "2001-02-01 00:10",
                "2001-02-01T00:10Z",
                "",
                "2001-02-01T00:10:00.5"
            })
    void whatIsNoDateIsRefused(String text) {
        refused(
                () -> flow(Schedule.daily()).startingOn(text),
                "'" + text + "' is not a date; write it as 2001-02-01");
    }
}
