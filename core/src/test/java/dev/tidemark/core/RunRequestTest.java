package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.Parameter;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked of a pipeline: dates, parameters, names. */
final class RunRequestTest {
    private static final Instant NOW = Instant.parse("2001-02-10T12:00:00Z");
    private static final PipelineDefinition FLIGHTS =
            flights(Schedule.daily().at("05:00")).build().definition();

    private static PipelineBuilder flights(Schedule schedule) {
        PipelineBuilder flights =
                Pipeline.named("flights")
                        .schedule(schedule)
                        .startingOn("2001-02-01")
                        .parameters(
                                Parameter.text("country", "ch"),
                                Parameter.integer("limit", 10),
                                Parameter.decimal("share", "0.50"),
                                Parameter.flag("strict", true));
        flights.task("extract", String.class, task -> "done");
        return flights;
    }

    private static RunRequest request(Map<String, String> parameters) {
        return new RunRequest(Optional.empty(), parameters, Optional.empty(), 4);
    }

    private static RunRequest between(String from, String to) {
        return new RunRequest(
                Optional.of(new RunRequest.Range(LocalDate.parse(from), LocalDate.parse(to))),
                Map.of(),
                Optional.empty(),
                4);
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TidemarkException.class, it -> assertThat(it.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void withoutARangeTheLatestIntervalDueIsMeant() {
        assertThat(request(Map.of()).intervals(FLIGHTS, NOW))
                .containsExactly(
                        new Interval(
                                Instant.parse("2001-02-09T00:00:00Z"),
                                Instant.parse("2001-02-10T00:00:00Z")));
        refused(
                ErrorCode.INVALID_REQUEST,
                "no interval of flights is due yet",
                () -> request(Map.of()).intervals(FLIGHTS, Instant.parse("2001-02-02T04:59:59Z")));
    }

    @Test
    void aRangeHoldsBothItsEnds() {
        assertThat(between("2001-02-01", "2001-02-09").intervals(FLIGHTS, NOW)).hasSize(9);
        assertThat(between("2001-02-03", "2001-02-03").intervals(FLIGHTS, NOW)).hasSize(1);
    }

    @Test
    void anIntervalThatIsNotOverIsRefused() {
        refused(
                ErrorCode.INVALID_REQUEST,
                "the interval 2001-02-10 ends at 2001-02-11T00:00:00Z, and it is"
                        + " 2001-02-10T12:00:00Z; a run covers an interval that is over",
                () -> between("2001-02-09", "2001-02-10").intervals(FLIGHTS, NOW));
    }

    @Test
    void anIntervalThatIsJustOverMayRunByHandBeforeItIsDue() {
        Instant midnight = Instant.parse("2001-02-10T00:00:00Z");
        assertThat(between("2001-02-09", "2001-02-09").intervals(FLIGHTS, midnight)).hasSize(1);
    }

    @Test
    void aRangeBeforeTheStartIsRefused() {
        refused(
                ErrorCode.INVALID_REQUEST,
                "2001-01-31 is before flights starts, on 2001-02-01",
                () -> between("2001-01-31", "2001-02-02").intervals(FLIGHTS, NOW));
    }

    @Test
    void aRangeAfterTheEndIsRefused() {
        PipelineDefinition ended =
                flights(Schedule.daily()).endingOn("2001-02-05").build().definition();
        assertThat(between("2001-02-01", "2001-02-05").intervals(ended, NOW)).hasSize(5);
        refused(
                ErrorCode.INVALID_REQUEST,
                "2001-02-06 is after flights ends, on 2001-02-05; ask for that day or earlier",
                () -> between("2001-02-01", "2001-02-06").intervals(ended, NOW));
        PipelineDefinition atNoon =
                flights(Schedule.hourly()).endingOn("2001-02-05T12:00").build().definition();
        assertThat(between("2001-02-05", "2001-02-05").intervals(atNoon, NOW)).hasSize(12);
    }

    @Test
    void aRangeThatEndsBeforeItStartsIsRefused() {
        refused(
                ErrorCode.INVALID_REQUEST,
                "the range ends on 2001-02-01, before it starts on 2001-02-02",
                () -> between("2001-02-02", "2001-02-01"));
    }

    @Test
    void aRangeWithoutIntervalIsRefused() {
        PipelineDefinition weekly = flights(Schedule.every("7d")).build().definition();
        refused(
                ErrorCode.INVALID_REQUEST,
                "no interval of flights starts in that range",
                () -> between("2001-02-02", "2001-02-03").intervals(weekly, NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "-0001-01-01, 2001-01-01",
        "2001-02-01, +10000-01-01",
        "2001-02-01, +999999999-12-31"
    })
    void aRangeOutsideTheYearsOfFourDigitsIsRefused(String from, String to) {
        refused(ErrorCode.INVALID_REQUEST, "leaves the years 1 to 9999", () -> between(from, to));
    }

    @Test
    void aPipelineWithoutScheduleHasNoDates() {
        PipelineDefinition onDemand = flights(Schedule.onDemand()).build().definition();
        refused(
                ErrorCode.INVALID_REQUEST,
                "run it without a date",
                () -> between("2001-02-02", "2001-02-03").intervals(onDemand, NOW));
        assertThat(request(Map.of()).intervals(onDemand, NOW))
                .containsExactly(new Interval(NOW, NOW));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_001})
    void noneAndTooManyActiveRunsAreRefused(int maxActive) {
        refused(
                ErrorCode.INVALID_REQUEST,
                "max active must be 1 to 1000, not " + maxActive,
                () -> new RunRequest(Optional.empty(), Map.of(), Optional.empty(), maxActive));
    }

    @ParameterizedTest(name = "{0}={1} is the default")
    @CsvSource({
        "country, ch",
        "limit, 10",
        "limit, +010",
        "share, 0.5",
        "share, 0.50",
        "share, 5e-1",
        "strict, ' true '"
    })
    void aValueThatEqualsTheDefaultSaysNothing(String name, String text) {
        assertThat(request(Map.of(name, text)).distinctParameters(FLIGHTS)).isEmpty();
    }

    @ParameterizedTest(name = "{0}={1} is kept as {2}")
    @CsvSource({
        "country, CH, CH",
        "limit, 007, 7",
        "share, 1.50, 1.5",
        "share, 1e2, 100",
        "strict, false, false"
    })
    void anotherValueIsKeptInItsOneForm(String name, String text, String canonical) {
        assertThat(request(Map.of(name, text)).distinctParameters(FLIGHTS))
                .isEqualTo(Map.of(name, canonical));
    }

    @Test
    void anUnknownParameterIsRefusedWithThoseThereAre() {
        refused(
                ErrorCode.INVALID_PARAMETER,
                "flights has no parameter 'county'; it has country, limit, share, strict",
                () -> request(Map.of("county", "ch")).distinctParameters(FLIGHTS));
    }

    @Test
    void aMissingParameterIsRefused() {
        PipelineDefinition flights =
                flights(Schedule.onDemand()).parameters(Parameter.date("day")).build().definition();
        refused(
                ErrorCode.INVALID_PARAMETER,
                "parameter 'day' has no default; give it with --param day=",
                () -> request(Map.of()).distinctParameters(flights));
        assertThat(request(Map.of("day", "2001-02-03")).distinctParameters(flights))
                .containsExactly(Map.entry("day", "2001-02-03"));
    }

    @Test
    void aParameterOfAnotherTypeIsRefused() {
        refused(
                ErrorCode.INVALID_PARAMETER,
                "parameter limit: 'many' is not a whole number such as 42",
                () -> request(Map.of("limit", "many")).distinctParameters(FLIGHTS));
    }

    @Test
    void aRunIsNamedAfterHowItCameToBeAndItsInterval() {
        Interval day = request(Map.of()).intervals(FLIGHTS, NOW).getFirst();
        assertThat(RunRequest.runName(FLIGHTS, day, Map.of()))
                .isEqualTo("backfill__2001-02-09T00:00:00Z");
        assertThat(RunRequest.runName(FLIGHTS, day, Map.of("country", "de")))
                .matches("manual__2001-02-09T00:00:00Z__[0-9a-f]{8}");
        PipelineDefinition onDemand = flights(Schedule.onDemand()).build().definition();
        assertThat(RunRequest.runName(onDemand, new Interval(NOW, NOW), Map.of()))
                .isEqualTo("manual__2001-02-10T12:00:00Z");
        PipelineDefinition continuous = flights(Schedule.continuous()).build().definition();
        assertThat(RunRequest.runName(continuous, new Interval(NOW, NOW), Map.of()))
                .isEqualTo("manual__2001-02-10T12:00:00Z");
    }

    @Test
    void otherParametersMakeAnotherName() {
        Interval day = request(Map.of()).intervals(FLIGHTS, NOW).getFirst();
        List<Map<String, String>> all =
                List.of(
                        Map.of("a", "1"),
                        Map.of("a", "2"),
                        Map.of("a", "1", "b", "2"),
                        Map.of("a", "1, b=2"),
                        Map.of("a", "1b=1:2"),
                        Map.of("a", "2", "b", "1"));
        assertThat(all.stream().map(it -> RunRequest.runName(FLIGHTS, day, it)))
                .doesNotHaveDuplicates();
    }

    private static RunRequest on(BackfillPlan.Order order, String... days) {
        return new RunRequest(
                Optional.of(
                        new RunRequest.Listed(
                                java.util.Arrays.stream(days).map(LocalDate::parse).toList())),
                Map.of(),
                RunRequest.Again.of(Optional.empty()),
                new RunRequest.Pace(4, 5, order),
                "");
    }

    private static List<String> starts(RunRequest request) {
        return request.intervals(FLIGHTS, NOW).stream()
                .map(interval -> interval.start().toString().substring(0, 10))
                .toList();
    }

    @Test
    void aListOfDatesIsRunInOrderEachOnce() {
        assertThat(starts(on(BackfillPlan.Order.OLDEST, "2001-02-07", "2001-02-03", "2001-02-07")))
                .containsExactly("2001-02-03", "2001-02-07");
        assertThat(starts(on(BackfillPlan.Order.NEWEST, "2001-02-03", "2001-02-07")))
                .containsExactly("2001-02-07", "2001-02-03");
    }

    @Test
    void aListedDateThatCannotBeIsRefusedByItsName() {
        refused(
                ErrorCode.INVALID_REQUEST,
                "2001-01-31 is before flights starts",
                () ->
                        on(BackfillPlan.Order.OLDEST, "2001-02-03", "2001-01-31")
                                .intervals(FLIGHTS, NOW));
        PipelineDefinition weekly = flights(Schedule.every("7d")).build().definition();
        refused(
                ErrorCode.INVALID_REQUEST,
                "no interval of flights starts on 2001-02-02",
                () -> on(BackfillPlan.Order.OLDEST, "2001-02-02").intervals(weekly, NOW));
        refused(
                ErrorCode.INVALID_REQUEST,
                "a list of dates has 1 to 100000 of them, not 0",
                () -> on(BackfillPlan.Order.OLDEST));
        refused(
                ErrorCode.INVALID_REQUEST,
                "a run covers an interval that is over",
                () -> on(BackfillPlan.Order.NEWEST, "2001-02-10").intervals(FLIGHTS, NOW));
    }

    @Test
    void aRangeOfTenMillionIntervalsIsRefusedWithTheDaysToAskForFirst() {
        PipelineDefinition seconds = flights(Schedule.every("1s")).build().definition();
        refused(
                ErrorCode.INVALID_REQUEST,
                "holds more than 100000 intervals, the most at once. Ask for the days up to"
                        + " 2001-02-01 first",
                () ->
                        between("2001-02-01", "2001-06-01")
                                .intervals(seconds, Instant.parse("2002-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100_001})
    void aHaltAfterNoFailureIsRefused(int haltAfter) {
        refused(
                ErrorCode.INVALID_REQUEST,
                "halt after must be 1 to 100000 failures in a row, not " + haltAfter,
                () -> new RunRequest.Pace(4, haltAfter, BackfillPlan.Order.OLDEST));
    }

    @Test
    void aReasonThatIsABookIsRefused() {
        refused(
                ErrorCode.INVALID_REQUEST,
                "the reason has 1001 characters; the most is 1000",
                () ->
                        new RunRequest(
                                Optional.empty(),
                                Map.of(),
                                RunRequest.Again.of(Optional.empty()),
                                new RunRequest.Pace(4, 5, BackfillPlan.Order.OLDEST),
                                "x".repeat(1_001)));
    }
}
