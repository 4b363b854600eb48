package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Receipt;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table of flights in a database, for tests of the protocol. Each attempt writes its own number
 * as the delay of every flight of the day, so that what a reader sees tells whose output it is.
 */
record TableFlights(Engine engine, How how, Path home, Database database) {
    static final String DAY = "2001-02-03";
    static final String DAY_BEFORE = "2001-02-02";
    static final int FLIGHTS = 40;

    static final Schema SCHEMA = Schema.of().date("day").text("flight").integer("delay");

    /** Which database. */
    enum Engine {
        DUCKDB,
        SQLITE,
        POSTGRESQL;

        /** The one that attempts in this home reach. */
        Database database(Path home) {
            return switch (this) {
                case DUCKDB -> Database.duckdb("warehouse", "warehouse.duckdb");
                case SQLITE -> Database.sqlite("ledger", "ledger.db");
                case POSTGRESQL -> PostgresHome.at(home).database();
            };
        }
    }

    /** Which primitive. */
    enum How {
        REPLACE_WINDOW,
        /** By a run that owns the whole table. */
        REPLACE_ALL,
        MERGE,
        MERGE_AND_DELETE,
        APPEND_ONCE
    }

    static TableFlights in(Engine engine, How how, Path home) {
        return new TableFlights(engine, how, home, engine.database(home));
    }

    TableFlights on(Database other) {
        return new TableFlights(engine, how, home, other);
    }

    TableTarget table() {
        return database.table("flights", SCHEMA);
    }

    FakeBoundary attempt(long token) {
        return how == How.REPLACE_ALL
                ? FakeBoundary.owningAll(home, DAY, token)
                : FakeBoundary.attempt(home, DAY, token);
    }

    /** Publishes the attempt's flights of the day. */
    Receipt publish(Boundary boundary) {
        return publish(boundary, Rows.of(SCHEMA, flights(boundary)));
    }

    Receipt publish(Boundary boundary, Rows rows) {
        TableWriter writer = table().writer(boundary);
        return switch (how) {
            case REPLACE_WINDOW -> writer.replaceWindow("day").rows(rows);
            case REPLACE_ALL -> writer.replaceAll().rows(rows);
            case MERGE -> writer.mergeOn("day", "flight").rows(rows);
            case MERGE_AND_DELETE ->
                    writer.mergeOn("day", "flight").deleteMissingWithin("day").rows(rows);
            case APPEND_ONCE -> writer.appendOnce().rows(rows);
        };
    }

    static List<Row> flights(Boundary boundary) {
        return flights(
                LocalDate.ofInstant(boundary.partition().interval().start(), FakeBoundary.ZONE),
                boundary.token().number());
    }

    private static List<Row> flights(LocalDate day, long attempt) {
        List<Row> flights = new ArrayList<>();
        for (int i = 0; i < FLIGHTS; i++) {
            flights.add(SCHEMA.row(day, "UA" + i, attempt));
        }
        return flights;
    }

    /** The day before is there already; nothing that happens to a part may touch it. */
    TableFlights withDayBefore() {
        LocalDate dayBefore = LocalDate.parse(DAY_BEFORE);
        publish(
                how == How.REPLACE_ALL ? attempt(1) : FakeBoundary.attempt(home, DAY_BEFORE, 1),
                Rows.of(SCHEMA, flights(dayBefore, 1)));
        return this;
    }

    /** What a reader of the whole table sees: by day and attempt, the number of flights. */
    Map<String, Long> seen() {
        Map<String, Long> seen = new TreeMap<>();
        try (Rows rows =
                database.query("all_flights", "SELECT day, flight, delay FROM flights")
                        .open(attempt(0))) {
            for (Row row : rows) {
                seen.merge(row.date("day") + " by " + row.integer("delay"), 1L, Long::sum);
            }
        }
        return seen;
    }

    /** The day before as it was, where the primitive has parts; and this day by one attempt. */
    Map<String, Long> wholeOutputOf(long token) {
        Map<String, Long> whole = how == How.REPLACE_ALL ? new TreeMap<>() : onlyDayBefore();
        whole.put(DAY + " by " + token, (long) FLIGHTS);
        return whole;
    }

    /** What is seen when one attempt published, and then another one did. */
    Map<String, Long> wholeOutputOf(long first, long second) {
        return wholeOutputOf(how == How.APPEND_ONCE ? first : second);
    }

    /** The version of the partition after so many publishes of this day. */
    long version(int publishes) {
        return switch (how) {
            case REPLACE_WINDOW, MERGE, MERGE_AND_DELETE -> publishes;
            case REPLACE_ALL -> publishes + 1;
            case APPEND_ONCE -> 1;
        };
    }

    static Map<String, Long> onlyDayBefore() {
        Map<String, Long> before = new TreeMap<>();
        before.put(DAY_BEFORE + " by 1", (long) FLIGHTS);
        return before;
    }

    List<String> stagingTables() {
        try (Session session = database.reach(attempt(0)).open()) {
            return session.dialect().tables(session).stream()
                    .filter(table -> table.startsWith("tidemark_staging_"))
                    .toList();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
