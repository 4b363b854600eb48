package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Row;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckTest {
    private static final Schema SCHEMA =
            Schema.of().integer("delay").text("origin").date("day").floating("ratio");
    private static final LocalDate DAY = LocalDate.of(2001, 2, 3);
    private static final Row GOOD = SCHEMA.row(5, "DEN", DAY, 0.5);
    private static final Row NULLS = SCHEMA.row(null, null, null, null);

    @Test
    void rowsAtLeastCounts() {
        assertThat(result(Check.rowsAtLeast(2), GOOD, GOOD).passed()).isTrue();
        assertThat(result(Check.rowsAtLeast(3), GOOD, GOOD))
                .isEqualTo(new CheckResult("rows at least", "3", "2 rows", false));
    }

    @Test
    void notNullFindsRowsWithoutAValue() {
        assertThat(result(Check.notNull("origin"), GOOD).passed()).isTrue();
        assertThat(result(Check.notNull("origin"), GOOD, NULLS, NULLS))
                .hasToString(
                        "not null: origin: expected a value, found 2 other rows, such as null");
    }

    @Test
    void uniqueFindsRepeatedKeysAndShowsTheFirst() {
        Row other = GOOD.with("delay", 6L);
        assertThat(result(Check.unique("delay", "origin"), GOOD, other).passed()).isTrue();
        assertThat(result(Check.unique("origin"), GOOD, other, NULLS, NULLS))
                .hasToString("unique: origin: expected no repeats, found 2 repeats, such as [DEN]");
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
    void aCheckOfAColumnThatIsNotThereSaysWhichThereAre() {
        assertThatThrownBy(() -> Check.notNull("orgin").begin(SCHEMA))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("no column 'orgin'");
    }

    @Test
    void aCheckBeginsAnewForEachPublish() {
        Stream.of(
                        Check.rowsAtLeast(1),
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

    private static CheckResult result(Check check, Row... rows) {
        Check.Tally tally = check.begin(SCHEMA);
        List.of(rows).forEach(tally::see);
        return tally.result();
    }
}
