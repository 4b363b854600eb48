package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import dev.tidemark.data.TableFlights.Engine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which rows of a table are a partition's. */
class TableWindowTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Schema SCHEMA =
            Schema.of().date("day").timestamp("local").instant("moment").text("piece").integer("n");

    @TempDir Path home;

    private static Partition of(String key, String start, String end) {
        return new Partition(key, new Interval(Instant.parse(start), Instant.parse(end)), NEW_YORK);
    }

    private static List<Object> bounds(String column, Partition partition) {
        return TableWindow.of(new DuckDb(), SCHEMA, column, partition).values();
    }

    @ParameterizedTest(name = "{0} has {3} hours")
    @CsvSource({
        "2001-04-01, 2001-04-01T05:00:00Z, 2001-04-02T04:00:00Z, 23",
        "2001-10-28, 2001-10-28T04:00:00Z, 2001-10-29T05:00:00Z, 25",
        "2001-02-03, 2001-02-03T05:00:00Z, 2001-02-04T05:00:00Z, 24"
    })
    void aCalendarDayIsOneLocalDayHoweverLong(String day, String start, String end) {
        Partition partition = of(day, start, end);
        LocalDate date = LocalDate.parse(day);

        assertThat(bounds("day", partition)).containsExactly(date, date.plusDays(1));
        assertThat(bounds("local", partition))
                .containsExactly(date.atStartOfDay(), date.plusDays(1).atStartOfDay());
        assertThat(bounds("moment", partition))
                .containsExactly(
                        new DuckDb().bound(Instant.parse(start)),
                        new DuckDb().bound(Instant.parse(end)));
        assertThat(bounds("piece", partition)).containsExactly(day);
    }

    @Test
    void anHourHasNoDateOfItsOwn() {
        Partition hour = of("20010203T050000Z", "2001-02-03T05:00:00Z", "2001-02-03T06:00:00Z");
        assertThat(bounds("local", hour))
                .containsExactly(
                        LocalDateTime.parse("2001-02-03T00:00"),
                        LocalDateTime.parse("2001-02-03T01:00"));
        assertRefused("day", hour, "not made of whole days");
    }

    @Test
    void anHourThatTheClockShowsTwiceNeedsAnInstant() {
        Partition first = of("20011028T050000Z", "2001-10-28T05:00:00Z", "2001-10-28T06:00:00Z");
        assertRefused("local", first, "occurs twice");
        assertThat(bounds("moment", first)).hasSize(2);
    }

    @Test
    void aRunThatCoversNoTimeHasNoWindowOfTime() {
        Partition triggered =
                of("20010203T050000Z", "2001-02-03T05:00:00Z", "2001-02-03T05:00:00Z");
        assertRefused("local", triggered, "covers no time");
        assertThat(bounds("piece", triggered)).containsExactly("20010203T050000Z");
    }

    @Test
    void aNumberIsNoWindow() {
        assertRefused("n", FakeBoundary.dayOf("2001-02-03"), "its type is INTEGER");
    }

    @Test
    void theWholeHasEveryRow() {
        Partition whole = of(Partition.WHOLE, "2001-02-03T05:00:00Z", "2001-02-03T05:00:00Z");
        assertThat(TableWindow.of(new Sqlite(), SCHEMA, "local", whole))
                .isEqualTo(TableWindow.EVERY_ROW);
    }

    /** In both databases, through text in SQLite, and by each type of column. */
    @ParameterizedTest
    @EnumSource
    void neighboursOnTheLongDayDoNotTouchEachOther(Engine engine) {
        for (String column : List.of("day", "local", "moment")) {
            TableTarget table = engine.database(home).table("by_" + column, SCHEMA);
            for (int round = 1; round <= 2; round++) {
                for (String day : List.of("2001-10-27", "2001-10-28", "2001-10-29")) {
                    table.writer(FakeBoundary.attempt(home, day, round))
                            .replaceWindow(column)
                            .rows(Rows.of(SCHEMA, halfHoursOf(FakeBoundary.dayOf(day))));
                }
            }
            assertThat(count(table, "2001-10-27")).isEqualTo(48);
            assertThat(count(table, "2001-10-28")).isEqualTo(50);
            assertThat(count(table, "2001-10-29")).isEqualTo(48);
        }
    }

    private static List<Row> halfHoursOf(Partition partition) {
        List<Row> rows = new java.util.ArrayList<>();
        for (Instant moment = partition.interval().start();
                partition.interval().contains(moment);
                moment = moment.plusSeconds(1800)) {
            LocalDateTime local = LocalDateTime.ofInstant(moment, partition.zone());
            rows.add(SCHEMA.row(local.toLocalDate(), local, moment, partition.key(), 1L));
        }
        return rows;
    }

    private long count(TableTarget table, String day) {
        long count = 0;
        try (Rows rows = table.open(FakeBoundary.attempt(home, day, 0))) {
            for (Row row : rows) {
                count += row.integer("n");
            }
        }
        return count;
    }

    private static void assertRefused(String column, Partition partition, String why) {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> bounds(column, partition))
                .withMessageContaining(why)
                .extracting(TidemarkException::code)
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }
}
