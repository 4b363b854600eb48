package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Bounds;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equal pieces of elapsed time, and pipelines without any. */
final class PiecesTest {
    private static final LocalDate START = LocalDate.parse("2001-02-01");

    private static Timetable every(Schedule.Every every, Bounds bounds) {
        return Timetable.of(PipelineDefinition.Timing.of(every, bounds));
    }

    private static Timetable halfHours() {
        return every(Schedule.every("30m"), Bounds.startingOn(START));
    }

    private static Interval interval(String start, String end) {
        return new Interval(Instant.parse(start), Instant.parse(end));
    }

    @ParameterizedTest(name = "at {0}: the piece from {1}")
    @CsvSource({
        "2001-02-01T01:05:00Z, 2001-02-01T00:30:00Z",
        "2001-02-01T01:29:59Z, 2001-02-01T00:30:00Z",
        "2001-02-01T01:30:00Z, 2001-02-01T01:00:00Z",
        "2001-02-01T00:30:00Z, 2001-02-01T00:00:00Z"
    })
    void theLatestPieceIsTheLastThatIsOver(Instant now, Instant start) {
        assertThat(halfHours().latestDue(now))
                .contains(new Interval(start, start.plus(Duration.ofMinutes(30))));
    }

    @Test
    void nothingIsDueBeforeTheFirstPieceIsOver() {
        assertThat(halfHours().latestDue(Instant.parse("2001-02-01T00:29:59Z"))).isEmpty();
        assertThat(halfHours().latestDue(Instant.parse("1999-12-31T23:59:59.9999Z"))).isEmpty();
    }

    @Test
    void piecesAreCountedFromTheStart() {
        Timetable weeks = every(Schedule.every("7d"), Bounds.startingOn(START));
        assertThat(weeks.startingFrom(START, START.plusDays(20)))
                .containsExactly(
                        interval("2001-02-01T00:00:00Z", "2001-02-08T00:00:00Z"),
                        interval("2001-02-08T00:00:00Z", "2001-02-15T00:00:00Z"),
                        interval("2001-02-15T00:00:00Z", "2001-02-22T00:00:00Z"));
        assertThat(weeks.startingFrom(START.plusDays(1), START.plusDays(6))).isEmpty();
    }

    @Test
    void withoutAStartTheyAreCountedFrom1970() {
        Timetable fiveHours = every(Schedule.every("5h"), Bounds.NONE);
        Interval latest = fiveHours.latestDue(Instant.parse("2001-02-01T12:00:00Z")).orElseThrow();
        assertThat(latest.start().getEpochSecond() % Duration.ofHours(5).toSeconds()).isZero();
    }

    @Test
    void elapsedTimeDoesNotCareWhatClocksShow() {
        Timetable hours =
                every(
                        Schedule.hourly().in("Europe/Zurich"),
                        Bounds.startingOn(LocalDate.parse("2023-01-01")));
        LocalDate spring = LocalDate.parse("2023-03-26");
        LocalDate autumn = LocalDate.parse("2023-10-29");
        assertThat(hours.startingFrom(spring, spring)).hasSize(23);
        assertThat(hours.startingFrom(autumn, autumn)).hasSize(25);
    }

    @Test
    void aDayOfPiecesHoldsThoseThatStartOnIt() {
        List<Interval> day = halfHours().startingFrom(START, START);
        assertThat(day).hasSize(48);
        for (int i = 1; i < day.size(); i++) {
            assertThat(day.get(i).start()).isEqualTo(day.get(i - 1).end());
            assertThat(halfHours().before(day.get(i))).contains(day.get(i - 1));
        }
        assertThat(halfHours().before(day.getFirst())).isEmpty();
    }

    @Test
    void aPieceIsNamedAfterItsStart() {
        Interval piece = interval("2001-02-01T05:00:00Z", "2001-02-01T05:30:00Z");
        assertThat(halfHours().partition(piece))
                .isEqualTo(new Partition("20010201T050000Z", piece, ZoneOffset.UTC));
        assertThat(halfHours().due(piece)).isEqualTo(piece.end());
    }

    @Test
    void asManyPiecesAsABackfillMayHoldAreGivenAndNotOneMore() {
        Timetable days = every(Schedule.every("1d"), Bounds.startingOn(START));
        LocalDate last = START.plusDays(BackfillPlan.MAX_INTERVALS - 1L);
        assertThat(days.startingFrom(START, last)).hasSize(BackfillPlan.MAX_INTERVALS);
        assertThatThrownBy(() -> days.startingFrom(START, last.plusDays(1)))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("holds more than 100000 intervals");
    }

    @Test
    void threeHundredBillionPiecesAreRefusedWithoutBeingMade() {
        Timetable seconds = every(Schedule.every("1s"), Bounds.startingOn(START));
        assertThatThrownBy(() -> seconds.startingFrom(START, LocalDate.parse("9999-12-31")))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("Ask for the days up to ");
    }

    @Test
    void aPipelineOnDemandCoversTheMomentItIsAskedFor() {
        Timetable onDemand =
                Timetable.of(PipelineDefinition.Timing.of(Schedule.onDemand(), Bounds.NONE));
        Instant now = Instant.parse("2001-02-03T04:05:06.789Z");
        Interval moment = onDemand.latestDue(now).orElseThrow();
        assertThat(moment).isEqualTo(new Interval(now, now));
        assertThat(onDemand.due(moment)).isEqualTo(now);
        assertThat(onDemand.before(moment)).isEmpty();
        assertThat(onDemand.partition(moment).key()).isEqualTo(Partition.WHOLE);
        assertThatThrownBy(() -> onDemand.startingFrom(START, START))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("run it without a date");
    }
}
