package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A few flights of a day, which tests publish and read. */
final class SampleFlights {
    static final Schema SCHEMA =
            Schema.of()
                    .timestamp("date")
                    .integer("delay")
                    .integer("distance")
                    .text("origin")
                    .text("destination");

    static final String DAY = "2001-02-03";
    static final String DAY_BEFORE = "2001-02-02";

    private SampleFlights() {}

    /** So many flights of a day, all with this delay: tells whose rows they are. */
    static List<Row> flights(String day, int count, int delay) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                SCHEMA.row(
                                        LocalDateTime.of(
                                                LocalDate.parse(day),
                                                LocalTime.MIDNIGHT.plusMinutes(i % 1440)),
                                        delay,
                                        100 + i,
                                        "DEN",
                                        "IAD"))
                .toList();
    }

    static Rows rows(List<Row> rows) {
        return Rows.of(SCHEMA, rows);
    }

    static List<Row> read(Source<Rows> source, Boundary boundary) {
        List<Row> read = new ArrayList<>();
        try (Rows rows = source.open(boundary)) {
            rows.forEach(read::add);
        }
        return read;
    }
}
