package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchemaTest {
    private static final Schema ALL =
            Schema.of()
                    .bool("b")
                    .integer("i")
                    .floating("f")
                    .decimal("d")
                    .text("t")
                    .date("day")
                    .timestamp("local")
                    .instant("at");

    private static Row row() {
        return ALL.row(
                true,
                1L,
                1.5,
                new BigDecimal("2.50"),
                "x",
                LocalDate.of(2001, 2, 3),
                LocalDateTime.of(2001, 2, 3, 4, 5),
                Instant.EPOCH);
    }

    @Test
    void aRowGivesBackWhatItWasMadeOf() {
        Row row = row();
        assertThat(row.bool("b")).isTrue();
        assertThat(row.integer("i")).isEqualTo(1);
        assertThat(row.floating("f")).isEqualTo(1.5);
        assertThat(row.decimal("d")).isEqualTo(new BigDecimal("2.50"));
        assertThat(row.text("t")).isEqualTo("x");
        assertThat(row.date("day")).isEqualTo(LocalDate.of(2001, 2, 3));
        assertThat(row.timestamp("local")).isEqualTo(LocalDateTime.of(2001, 2, 3, 4, 5));
        assertThat(row.instant("at")).isEqualTo(Instant.EPOCH);
        assertThat(row.value(4)).isEqualTo("x");
        assertThat(row)
                .hasToString(
                        "{b=true, i=1, f=1.5, d=2.50, t=x, day=2001-02-03, local=2001-02-03T04:05,"
                                + " at=1970-01-01T00:00:00Z}");
    }

    @Test
    void smallWholeNumbersFit() {
        Schema numbers = Schema.of().integer("i").floating("f");
        assertThat(numbers.row(1, 2)).isEqualTo(numbers.row(1L, 2.0));
        assertThat(numbers.row((short) 1, 2.0f)).isEqualTo(numbers.row(1L, 2.0));
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> Schema.of().integer("i").row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 'i' holds INTEGER, not String 1");
        assertThatThrownBy(() -> Schema.of().integer("i").row(1.0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schema.of().decimal("d").row(1.0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row().with("i", "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRowHasOneValueForEachColumn() {
        assertThatThrownBy(() -> Schema.of().integer("i").row(1L, 2L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 values for 1 columns [i]");
    }

    @Test
    void nullIsAskedForBeforeItIsRead() {
        Row row = Schema.of().text("t").row(new Object[] {null});
        assertThat(row.isNull("t")).isTrue();
        assertThatThrownBy(() -> row.text("t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 't' is null in {t=null}; ask isNull first");
    }

    @Test
    void aColumnIsReadAsWhatItHolds() {
        assertThatThrownBy(() -> row().integer("t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 't' holds TEXT, not Long");
    }

    @Test
    void anUnknownColumnIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> Schema.of().text("a").text("b").position("c"))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.SCHEMA_CHANGED))
                .hasMessage("there is no column 'c'; the columns are [a, b]");
    }

    @Test
    void aColumnAppearsOnce() {
        assertThatThrownBy(() -> Schema.of().text("a").integer("a"))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.DUPLICATE_NAME));
    }

    @Test
    void aChangedRowLeavesTheOneItWasMadeOf() {
        Row row = row();
        assertThat(row.with("t", "y").text("t")).isEqualTo("y");
        assertThat(row.text("t")).isEqualTo("x");
        assertThat(row).isEqualTo(row()).hasSameHashCodeAs(row());
    }

    @Test
    void aRowDoesNotChangeWithTheArrayItWasMadeOf() {
        Object[] values = {"x"};
        Row row = Schema.of().text("t").row(values);
        values[0] = "y";
        assertThat(row.text("t")).isEqualTo("x");
    }

    @Test
    void schemasOfTheSameColumnsAreEqual() {
        assertThat(Schema.of().text("a").integer("b"))
                .isEqualTo(
                        Schema.of(
                                List.of(
                                        new Column("a", ColumnType.TEXT),
                                        new Column("b", ColumnType.INTEGER))))
                .isNotEqualTo(Schema.of().integer("b").text("a"));
    }
}
