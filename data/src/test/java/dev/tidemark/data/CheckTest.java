package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    private static final Schema SCHEMA =
            Schema.of().integer("delay").text("origin").date("day").floating("ratio");
    private static final LocalDate DAY = LocalDate.of(2001, 2, 3);
    private static final Row GOOD = SCHEMA.row(5, "DEN", DAY, 0.5);
    private static final Row NULLS = SCHEMA.row(null, null, null, null);

    @TempDir Path home;

    @Test
    void notNullFindsRowsWithoutAValue() {
        assertThat(result(Check.notNull("origin"), GOOD).passed()).isTrue();
        assertThat(result(Check.notNull("origin"), GOOD, NULLS, NULLS))
                .hasToString(
                        "not null: origin: expected a value, found 2 other rows, such as null");
    }

    @Test
    void uniqueFindsRepeatedKeysAndShowsTheLowest() {
        Row other = GOOD.with("delay", 6L);
        assertThat(result(Check.unique("delay", "origin"), GOOD, other).passed()).isTrue();
        assertThat(result(Check.unique("origin"), GOOD, other, NULLS, NULLS))
                .hasToString(
                        "unique: origin: expected no repeats, found 2 repeats, such as [null]");
    }

    @Test
    void betweenTakesItsBoundsAsThePeopleWriteThem() {
        assertThat(result(Check.between("delay", 5, 5), GOOD, NULLS).passed()).isTrue();
        assertThat(result(Check.between("ratio", 0, 1), GOOD).passed()).isTrue();
        assertThat(result(Check.between("day", DAY, DAY), GOOD).passed()).isTrue();
        assertThat(result(Check.between("delay", -120, 4), GOOD))
                .hasToString("between: delay: expected -120 to 4, found 1 other rows, such as 5");
    }

    @Test
    void allowedNamesAnUnknownValue() {
        assertThat(result(Check.allowed("origin", "DEN", "LAX"), GOOD, NULLS).passed()).isTrue();
        assertThat(result(Check.allowed("delay", 1, 2), GOOD))
                .hasToString(
                        "allowed: delay: expected one of [1, 2], found 1 other rows, such as 5");
    }

    @Test
    void aTypeIsThatOfTheColumnOrOfItsTexts() {
        Schema texts = Schema.of().text("delay").text("origin").date("day").floating("ratio");
        assertThat(result(Check.type("delay", ColumnType.INTEGER), GOOD, NULLS).passed()).isTrue();
        assertThat(result(Check.type("delay", ColumnType.FLOAT), GOOD).passed()).isFalse();
        assertThat(
                        resultOf(
                                texts,
                                Check.type("delay", ColumnType.DATE),
                                texts.row("5", "", DAY, 1)))
                .hasToString("type: delay: expected DATE, found 1 other rows, such as 5");
        assertThat(
                        result(
                                        Check.type("origin", ColumnType.DATE),
                                        GOOD.with("origin", "2001-02-03"))
                                .passed())
                .isTrue();
    }

    @Test
    void aPatternIsForTheWholeValue() {
        assertThat(result(Check.matches("origin", "[A-Z]{3}"), GOOD, NULLS).passed()).isTrue();
        assertThat(result(Check.matches("origin", "[A-Z]{2}"), GOOD).passed()).isFalse();
        assertThat(result(Check.matches("day", "2001-.*"), GOOD).passed()).isTrue();
    }

    @Test
    void noValueMakesAPatternSlow() {
        Row endless = GOOD.with("origin", "a".repeat(100_000) + "!");
        assertThat(result(Check.matches("origin", "(a+)+"), endless).passed()).isFalse();
    }

    @Test
    void aPatternThatNobodyCanMatchInBoundedTimeIsRefused() {
        assertThatThrownBy(() -> Check.matches("origin", "(a)\\1"))
                .satisfies(has(ErrorCode.INVALID_DEFINITION))
                .hasMessageContaining("RE2");
    }

    @Test
    void completeTakesAShare() {
        assertThat(result(Check.complete("origin", 0.5), GOOD, NULLS).passed()).isTrue();
        assertThat(result(Check.complete("origin", 0.5)).passed()).isTrue();
        assertThat(result(Check.complete("origin", 0.6), GOOD, NULLS))
                .hasToString(
                        "complete: origin: expected a value in at least 60 %, found 1 of 2 rows,"
                                + " 50 %");
        assertThatThrownBy(() -> Check.complete("origin", 60))
                .satisfies(has(ErrorCode.INVALID_DEFINITION));
    }

    @Test
    void aMeanIsExact() {
        Row tenth = GOOD.with("ratio", 0.1);
        assertThat(result(Check.meanBetween("ratio", 0.1, 0.1), tenth, tenth, NULLS).passed())
                .isTrue();
        assertThat(result(Check.meanBetween("delay", 6, 7), GOOD, GOOD.with("delay", 6L)))
                .hasToString("mean: delay: expected 6 to 7, found 5.5");
        assertThat(result(Check.meanBetween("delay", 6, 7), NULLS).passed()).isTrue();
    }

    @Test
    void aValueThatIsNotFiniteMakesNoFigure() {
        Row none = GOOD.with("ratio", Double.NaN);
        assertThat(result(Check.meanBetween("ratio", 0, 1), none).actual())
                .isEqualTo("1 values that are not finite");
        assertThat(result(Check.quantileBetween("ratio", 0.5, 0, 1), none).passed()).isFalse();
    }

    @Test
    void aDeviationIsThatOfASample() {
        Row seven = GOOD.with("delay", 7L);
        assertThat(result(Check.standardDeviationBetween("delay", 0, 1), GOOD, seven))
                .hasToString("standard deviation: delay: expected 0 to 1, found 1.41421");
        assertThat(result(Check.standardDeviationBetween("delay", 0, 1), GOOD).actual())
                .isEqualTo("too few values");
    }

    @Test
    void aQuantileIsAValueThatOccurs() {
        Row[] rows = {
            GOOD.with("delay", -1_000L), GOOD.with("delay", 0L), GOOD, GOOD.with("delay", 9L)
        };
        assertThat(result(Check.quantileBetween("delay", 0.5, 1, 2), rows))
                .hasToString("quantile 0.5: delay: expected 1 to 2, found 0");
        assertThat(result(Check.quantileBetween("delay", 0.25, -1_000, -1_000), rows).passed())
                .isTrue();
        assertThat(result(Check.quantileBetween("delay", 1, 9, 9), rows).passed()).isTrue();
        assertThat(result(Check.quantileBetween("delay", 0, -1_000, -1_000), rows).passed())
                .isTrue();
    }

    @Test
    void figuresAreOfNumbers() {
        assertThatThrownBy(() -> result(Check.meanBetween("origin", 0, 1)))
                .satisfies(has(ErrorCode.INVALID_DEFINITION))
                .hasMessageContaining("'origin' is of type TEXT");
        assertThatThrownBy(() -> Check.meanBetween("delay", 2, 1))
                .satisfies(has(ErrorCode.INVALID_DEFINITION));
        assertThatThrownBy(() -> result(Check.newestWithin("delay", Duration.ZERO)))
                .satisfies(has(ErrorCode.INVALID_DEFINITION));
    }

    @Test
    void freshnessIsJudgedAgainstTheEndOfTheInterval() {
        assertThat(result(Check.newestWithin("day", Duration.ZERO), GOOD, NULLS).passed()).isTrue();
        Row before = GOOD.with("day", DAY.minusDays(1));
        assertThat(result(Check.newestWithin("day", Duration.ofHours(23)), before).actual())
                .isEqualTo("2001-02-03T05:00:00Z");
        assertThat(result(Check.newestWithin("day", Duration.ofHours(24)), before).passed())
                .isTrue();
        assertThat(result(Check.newestWithin("day", Duration.ofDays(9)), NULLS).actual())
                .isEqualTo("no value");
    }

    @Test
    void aCheckOfAColumnThatIsNotThereSaysWhichThereAre() {
        assertThatThrownBy(() -> result(Check.notNull("orgin")))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("no column 'orgin'");
    }

    @Test
    void aCheckBeginsAnewForEachPublish() {
        Stream.of(
                        Check.notNull("delay"),
                        Check.unique("delay"),
                        Check.between("delay", 0, 9),
                        Check.allowed("delay", 5))
                .forEach(
                        check -> {
                            CheckResult first = result(check, GOOD);
                            assertThat(result(check, GOOD)).isEqualTo(first);
                            assertThat(first.passed()).isTrue();
                        });
    }

    private CheckResult result(Check check, Row... rows) {
        return resultOf(SCHEMA, check, rows);
    }

    private CheckResult resultOf(Schema schema, Check check, Row... rows) {
        var scope = new RowRule.Scope(FakeBoundary.attempt(home, SampleFlights.DAY, 1), schema);
        try (RowRule.Tally tally = ((RowRule) check.rule()).begin(scope)) {
            List.of(rows).forEach(tally::see);
            return tally.result();
        }
    }
}
