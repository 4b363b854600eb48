package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final Schema ALL_TYPES =
            Schema.of()
                    .bool("flag")
                    .integer("count")
                    .floating("ratio")
                    .decimal("price")
                    .text("name")
                    .date("day")
                    .timestamp("at")
                    .instant("seen");

    private static final Row ORDINARY =
            ALL_TYPES.row(
                    true,
                    -42,
                    1.5,
                    new BigDecimal("12.3400"),
                    "Zürich",
                    LocalDate.of(2001, 2, 3),
                    LocalDateTime.of(2001, 2, 3, 4, 5),
                    Instant.parse("2001-02-03T04:05:06.120Z"));
    private static final Row NULLS = ALL_TYPES.row(null, null, null, null, null, null, null, null);
    private static final Row ZEROS =
            ALL_TYPES.row(
                    false,
                    0,
                    -0.0,
                    new BigDecimal("0.00"),
                    "",
                    LocalDate.of(1999, 12, 31),
                    LocalDateTime.of(2001, 2, 3, 4, 5, 6, 789_000_000),
                    Instant.parse("1969-12-31T23:59:59Z"));
    private static final Row EXTREMES =
            ALL_TYPES.row(
                    false,
                    Long.MAX_VALUE,
                    Double.NaN,
                    new BigDecimal("1E+2"),
                    "a,\"b\"\n",
                    LocalDate.of(2024, 2, 29),
                    LocalDateTime.of(2001, 12, 31, 0, 0, 0, 1_000),
                    Instant.parse("2001-02-03T04:05:06Z"));

    /** These were computed by the Python program in docs/content-hash.md. */
    @Test
    void isWhatTheIndependentProgramComputes() {
        assertThat(hash(ORDINARY)).isEqualTo("97430f544fc11aa70ff93110e61f53a3");
        assertThat(hash(NULLS)).isEqualTo("88e33da34e68b9c6d599562314af3d63");
        assertThat(hash(ZEROS)).isEqualTo("4b0051bfdd0bcab14e3c536420e6ee01");
        assertThat(hash(EXTREMES)).isEqualTo("827a432778e0a1d1e398714a599ed7df");
        assertThat(hash(ORDINARY, NULLS, ZEROS, EXTREMES, ORDINARY))
                .isEqualTo("84e3f13343d75b9827607cf35b73aa89");
    }

    @Test
    void ofNoRowsIsZero() {
        assertThat(hash()).isEqualTo("0".repeat(32));
    }

    @Test
    void doesNotDependOnTheOrderOfRows() {
        assertThat(hash(ORDINARY, NULLS, ZEROS)).isEqualTo(hash(ZEROS, ORDINARY, NULLS));
    }

    @Test
    void doesNotDependOnTheOrderOfColumns() {
        Row one = Schema.of().integer("a").text("b").row(1, "x");
        Row other = Schema.of().text("b").integer("a").row("x", 1);
        assertThat(hash(one)).isEqualTo(hash(other));
    }

    @Test
    void countsARowThatOccursTwiceTwice() {
        assertThat(hash(ORDINARY, ORDINARY)).isNotEqualTo(hash(ORDINARY)).isNotEqualTo(hash());
    }

    @Test
    void tellsNullFromEmptyTextAndNumbersFromTheirText() {
        Schema text = Schema.of().text("a");
        assertThat(hash(text.row(""))).isNotEqualTo(hash(text.row((Object) null)));
        assertThat(hash(text.row("1"))).isNotEqualTo(hash(Schema.of().integer("a").row(1)));
    }

    @Test
    void tellsWhereOneValueEndsAndTheNextBegins() {
        Schema two = Schema.of().text("a").text("b");
        assertThat(hash(two.row("xy", "z"))).isNotEqualTo(hash(two.row("x", "yz")));
    }

    @Test
    void ofPartsIsAddedToThatOfTheWhole() {
        ContentHash first = new ContentHash();
        first.add(ORDINARY);
        ContentHash second = new ContentHash();
        second.add(NULLS);
        second.add(ZEROS);
        first.add(second);
        assertThat(first.hex()).isEqualTo(hash(ZEROS, NULLS, ORDINARY));
    }

    @Test
    void seesOneChangedValueAmongManyRows() {
        List<Row> rows = SampleFlights.flights(SampleFlights.DAY, 1000, 7);
        ContentHash before = new ContentHash();
        rows.forEach(before::add);
        ContentHash after = new ContentHash();
        for (int i = 0; i < rows.size(); i++) {
            after.add(i == 500 ? rows.get(i).with("delay", 8L) : rows.get(i));
        }
        assertThat(after.hex()).isNotEqualTo(before.hex());
    }

    private static String hash(Row... rows) {
        ContentHash hash = new ContentHash();
        for (Row row : rows) {
            hash.add(row);
        }
        return hash.hex();
    }
}
