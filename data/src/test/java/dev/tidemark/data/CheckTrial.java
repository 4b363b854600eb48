package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.Schema;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A check in each of its forms, once so that {@link CheckedTarget}'s rows pass and once so that
 * they do not.
 *
 * @param found part of what the failing one says
 */
record CheckTrial(String name, Check passing, Check failing, String found) {
    private static final Schema COUNT = Schema.of().integer("rows");
    private static final Schema AIRPORT = Schema.of().text("code");

    static List<CheckTrial> all() {
        return Stream.of(ofRows(), ofValues(), ofFigures(), ofQueries())
                .flatMap(List::stream)
                .toList();
    }

    private static List<CheckTrial> ofRows() {
        return List.of(
                new CheckTrial("at least", Check.rowsAtLeast(10), Check.rowsAtLeast(11), "10 rows"),
                new CheckTrial("at most", Check.rowsAtMost(10), Check.rowsAtMost(9), "10 rows"),
                new CheckTrial(
                        "between",
                        Check.rowsBetween(5, 10),
                        Check.rowsBetween(11, 12),
                        "11 to 12, found 10 rows"),
                new CheckTrial(
                        "near median",
                        Check.rowsNearMedian(50, 3),
                        Check.rowsNearMedian(5, 3),
                        "7.6 to 8.4, 5 % around the median 8 of 2, found 10 rows"),
                new CheckTrial(
                        "announced",
                        Check.rowsAnnouncedBy(CsvFiles.named("right", "right-{date}.csv", COUNT)),
                        Check.rowsAnnouncedBy(CsvFiles.named("wrong", "wrong-{date}.csv", COUNT)),
                        "expected 11 rows read, found 10: 10 accepted, 0 rejected, 0 filtered"),
                new CheckTrial(
                        "columns",
                        Check.columns("code", "moment", "origin", "delay", "ratio"),
                        Check.columns("code", "moment", "origin", "delay"),
                        "found [moment, origin, delay, ratio, code]"),
                new CheckTrial(
                        "columns in order",
                        Check.columnsInOrder("moment", "origin", "delay", "ratio", "code"),
                        Check.columnsInOrder("code", "moment", "origin", "delay", "ratio"),
                        "found [moment, origin, delay, ratio, code]"));
    }

    private static List<CheckTrial> ofValues() {
        return List.of(
                new CheckTrial(
                        "type",
                        Check.type("delay", ColumnType.INTEGER),
                        Check.type("code", ColumnType.INTEGER),
                        "10 other rows, such as A0"),
                new CheckTrial(
                        "not null", Check.notNull("origin"), Check.notNull("ratio"), "1 other"),
                new CheckTrial(
                        "complete",
                        Check.complete("ratio", 0.9),
                        Check.complete("ratio", 0.95),
                        "9 of 10 rows, 90 %"),
                new CheckTrial(
                        "unique",
                        Check.unique("code", "origin"),
                        Check.unique("origin"),
                        "8 repeats, such as [DEN]"),
                new CheckTrial(
                        "range",
                        Check.between("delay", 0, 9),
                        Check.between("delay", 0, 8),
                        "1 other rows, such as 9"),
                new CheckTrial(
                        "allowed",
                        Check.allowed("origin", "DEN", "IAD"),
                        Check.allowed("origin", "DEN"),
                        "5 other rows, such as IAD"),
                new CheckTrial(
                        "pattern",
                        Check.matches("code", "A[0-9]"),
                        Check.matches("code", "A[0-4]"),
                        "5 other rows, such as A5"),
                new CheckTrial(
                        "exists",
                        Check.exists("origin", CsvFiles.named("all", "all.csv", AIRPORT), "code"),
                        Check.exists("origin", CsvFiles.named("some", "some.csv", AIRPORT), "code"),
                        "expected a value of code in some, found 5 other rows, such as [IAD]"));
    }

    private static List<CheckTrial> ofFigures() {
        return List.of(
                new CheckTrial(
                        "mean",
                        Check.meanBetween("delay", 4, 5),
                        Check.meanBetween("delay", 0, 4),
                        "found 4.5"),
                new CheckTrial(
                        "standard deviation",
                        Check.standardDeviationBetween("delay", 3, 3.1),
                        Check.standardDeviationBetween("delay", 0, 3),
                        "found 3.02765"),
                new CheckTrial(
                        "quantile",
                        Check.quantileBetween("delay", 0.9, 8, 8),
                        Check.quantileBetween("delay", 0.9, 9, 9),
                        "found 8"),
                new CheckTrial(
                        "newest",
                        Check.newestWithin("moment", Duration.ofHours(6)),
                        Check.newestWithin("moment", Duration.ofHours(5)),
                        "found 2001-02-03T23:00:00Z"));
    }

    private static List<CheckTrial> ofQueries() {
        return List.of(
                new CheckTrial(
                        "no rows",
                        Check.noRows(
                                "all from somewhere",
                                "WITH lost AS (SELECT * FROM staged WHERE origin IS NULL)"
                                        + " SELECT * FROM lost -- none"),
                        Check.noRows(
                                "none late", "SELECT code FROM staged WHERE delay > 7 ORDER BY 1;"),
                        "none late: expected no rows, found 2 rows, such as {code=A8}"),
                new CheckTrial(
                        "value",
                        Check.value("sum", "SELECT sum(delay) FROM staged", 45),
                        Check.value(
                                "of the day",
                                "SELECT count(*) FROM staged WHERE moment >= :start AND moment <"
                                        + " :end",
                                11.0),
                        "of the day: expected 11.0, found 10"));
    }

    @Override
    public String toString() {
        return name;
    }
}
