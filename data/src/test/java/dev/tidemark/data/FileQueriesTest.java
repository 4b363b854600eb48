package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Staged files, asked in SQL, hold what was written. */
class FileQueriesTest {
    private static final Schema ALL =
            Schema.of()
                    .bool("b")
                    .integer("i")
                    .floating("f")
                    .decimal("d")
                    .text("t")
                    .date("y")
                    .timestamp("l")
                    .instant("z");
    private static final List<Row> ROWS =
            List.of(
                    ALL.row(
                            true,
                            Long.MIN_VALUE,
                            Double.NaN,
                            new BigDecimal("12.50"),
                            "says \"no\",\ntwice",
                            LocalDate.of(2001, 2, 3),
                            LocalDateTime.of(2001, 2, 3, 4, 5, 6, 789_000_000),
                            Instant.parse("2001-02-03T23:00:00.123456Z")),
                    ALL.row(null, null, null, null, null, null, null, null),
                    ALL.row(null, null, null, null, "", null, null, null));

    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b AND i = -9223372036854775808 AND isnan(f) AND d = 12.5",
                "t = 'says \"no\",' || chr(10) || 'twice'",
                "y = DATE '2001-02-03' AND l = TIMESTAMP '2001-02-03 04:05:06.789'",
                "z = TIMESTAMPTZ '2001-02-03 23:00:00.123456Z'",
                "b IS NULL AND i IS NULL AND f IS NULL AND d IS NULL AND t IS NULL AND y IS NULL"
                        + " AND l IS NULL AND z IS NULL",
                "t = '' AND i IS NULL"
            })
    void oneRowIs(String condition) {
        publish(ALL, ROWS, "SELECT count(*) FROM staged WHERE " + condition, 1);
    }

    @Test
    void aRowOfOneColumnWithoutAValueIsARow() {
        Schema one = Schema.of().text("t");
        List<Row> rows = List.of(one.row("a"), one.row((Object) null), one.row("b"));
        publish(one, rows, "SELECT count(*) FROM staged", 3);
    }

    @Test
    void noRowsAreNone() {
        publish(ALL, List.of(), "SELECT count(*) FROM staged", 0);
    }

    private void publish(Schema schema, List<Row> rows, String select, int count) {
        FakeBoundary attempt = FakeBoundary.attempt(home, SampleFlights.DAY, 1);
        FileDataset.csv("types", schema)
                .in("it's")
                .writer(attempt)
                .check(Check.value("rows", select, count))
                .publish(Rows.of(schema, rows));
        assertThat(attempt.evidence()).hasSize(1);
    }
}
