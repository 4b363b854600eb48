package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ColumnType;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    private static final Schema TIMES =
            Schema.of().timestamp("at").date("day").instant("seen").text("name");
    private static final Partition DAY =
            partition("2023-10-29", "2023-10-28T22:00:00Z", "2023-10-29T23:00:00Z");

    @Test
    void aLocalTimeLiesInItsDayOfTheZone() {
        inside(DAY, "at", LocalDateTime.parse("2023-10-29T00:00:00"));
        inside(DAY, "at", LocalDateTime.parse("2023-10-29T23:59:59.999"));
        outside(DAY, "at", LocalDateTime.parse("2023-10-30T00:00:00"));
        outside(DAY, "at", LocalDateTime.parse("2023-10-28T23:59:59"));
    }

    @Test
    void aLocalTimeThatOccursTwiceLiesInBothHours() {
        Partition first = partition("h1", "2023-10-29T00:00:00Z", "2023-10-29T01:00:00Z");
        Partition second = partition("h2", "2023-10-29T01:00:00Z", "2023-10-29T02:00:00Z");
        inside(first, "at", LocalDateTime.parse("2023-10-29T02:30:00"));
        inside(second, "at", LocalDateTime.parse("2023-10-29T02:30:00"));
        outside(second, "at", LocalDateTime.parse("2023-10-29T03:30:00"));
    }

    @Test
    void aLocalTimeThatDoesNotOccurLiesInTheHourAfterTheGap() {
        Partition after = partition("h", "2023-03-26T01:00:00Z", "2023-03-26T02:00:00Z");
        inside(after, "at", LocalDateTime.parse("2023-03-26T02:30:00"));
    }

    @Test
    void aDayLiesWhereSomeOfItDoes() {
        inside(DAY, "day", LocalDate.parse("2023-10-29"));
        outside(DAY, "day", LocalDate.parse("2023-10-30"));
        Partition hour = partition("h", "2023-10-29T10:00:00Z", "2023-10-29T11:00:00Z");
        inside(hour, "day", LocalDate.parse("2023-10-29"));
        outside(hour, "day", LocalDate.parse("2023-10-28"));
    }

    @Test
    void aPointInTimeNeedsNoZone() {
        inside(DAY, "seen", Instant.parse("2023-10-28T22:00:00Z"));
        outside(DAY, "seen", Instant.parse("2023-10-29T23:00:00Z"));
    }

    @Test
    void aRowWithoutATimeLiesNowhere() {
        Window window = new Window(DAY, TIMES, "at");
        window.see(TIMES.row(null, null, null, "x"));
        assertThatThrownBy(() -> window.verify("a.csv"))
                .hasMessageContaining("a.csv: 1 rows lie outside partition 2023-10-29");
    }

    @Test
    void anIntervalOfLengthZeroScopesNothing() {
        inside(
                partition("all", "2023-10-29T00:00:00Z", "2023-10-29T00:00:00Z"),
                "day",
                LocalDate.parse("1999-01-01"));
    }

    @Test
    void aColumnOfTextPlacesNoRow() {
        assertThatThrownBy(() -> new Window(DAY, TIMES, "name"))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("column 'name' is of type TEXT");
    }

    private static void inside(Partition partition, String column, Object value) {
        Window window = new Window(partition, Schema.of().with(column, type(column)), column);
        window.see(Schema.of().with(column, type(column)).row(value));
        assertThatCode(() -> window.verify("here")).doesNotThrowAnyException();
    }

    private static void outside(Partition partition, String column, Object value) {
        Window window = new Window(partition, Schema.of().with(column, type(column)), column);
        window.see(Schema.of().with(column, type(column)).row(value));
        assertThatThrownBy(() -> window.verify("here")).isInstanceOf(TidemarkException.class);
    }

    private static ColumnType type(String column) {
        return TIMES.column(column).type();
    }

    private static Partition partition(String key, String start, String end) {
        return new Partition(key, new Interval(Instant.parse(start), Instant.parse(end)), ZURICH);
    }
}
