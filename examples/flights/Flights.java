import dev.tidemark.Pipeline;
import dev.tidemark.PipelineSource;
import dev.tidemark.Receipt;
import dev.tidemark.Retry;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schedule;
import dev.tidemark.Schema;
import dev.tidemark.TaskContext;
import dev.tidemark.Watermark;
import dev.tidemark.data.Check;
import dev.tidemark.data.CsvFiles;
import dev.tidemark.data.Database;
import dev.tidemark.data.FileDataset;
import dev.tidemark.data.Measure;
import dev.tidemark.data.TableTarget;
import dev.tidemark.data.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How late did flights arrive, by route and day? Each day's file of the source system is landed as
 * it is, validated, curated into a table of a DuckDB warehouse, and reconciled with the source.
 */
public final class Flights implements PipelineSource {
    static final Schema FLIGHT =
            Schema.of()
                    .timestamp("date")
                    .integer("delay")
                    .integer("distance")
                    .text("origin")
                    .text("destination");

    static final Schema ROUTE =
            Schema.of()
                    .date("day")
                    .text("origin")
                    .text("destination")
                    .integer("flights")
                    .integer("delay_minutes")
                    .integer("worst_delay_minutes");

    static final Schema AUDIT =
            Schema.of()
                    .date("day")
                    .integer("source_rows")
                    .integer("rejected_rows")
                    .integer("curated_flights")
                    .integer("source_delay_minutes")
                    .integer("rejected_delay_minutes")
                    .integer("curated_delay_minutes");

    static final CsvFiles SOURCE =
            CsvFiles.named("bts/flights", "data/flights-{date}.csv.gz", FLIGHT).cursor("date");
    static final FileDataset LANDING = FileDataset.csv("landing", FLIGHT);
    static final FileDataset ACCEPTED = FileDataset.csv("accepted", FLIGHT);
    static final Database WAREHOUSE = Database.duckdb("warehouse", "warehouse.duckdb");
    static final TableTarget DELAYS = WAREHOUSE.table("delays_by_route", ROUTE);
    static final FileDataset RECONCILED = FileDataset.csv("reconciled", AUDIT);

    /** Up to where the source and what was made of it add up. */
    static final Watermark PROVEN = Watermark.named("reconciled");

    /** No flight makes up two hours in the air; the source has a few that claim to. */
    static final long EARLIEST_MINUTES = -120;

    @Override
    public Pipeline pipeline() {
        var flights =
                Pipeline.named("flights")
                        .schedule(Schedule.daily().at("05:00").in("America/New_York"))
                        .startingOn("2001-02-01")
                        .endingOn("2001-02-28");

        var landed =
                flights.task("extract", Receipt.class, Flights::extract)
                        .retry(Retry.transientErrors(3).exponential("1s", "1m"))
                        .consumes(SOURCE)
                        .produces(LANDING);
        var accepted =
                flights.task("validate", Receipt.class, landed, Flights::validate)
                        .produces(ACCEPTED);
        var curated =
                flights.task("curate", Receipt.class, accepted, Flights::curate).produces(DELAYS);
        flights.task("reconcile", Receipt.class, curated, Flights::reconcile)
                .produces(RECONCILED)
                .advances(PROVEN);
        return flights.build();
    }

    static Receipt extract(TaskContext task) {
        return task.into(LANDING).within("date").publish(task.from(SOURCE));
    }

    static Receipt validate(TaskContext task, Receipt landed) {
        Rows sound =
                task.from(LANDING)
                        .reject(
                                "arrived more than two hours early",
                                flight -> flight.integer("delay") < EARLIEST_MINUTES)
                        .rejectRepeats();
        return task.into(ACCEPTED)
                .check(
                        Check.rowsAtLeast(1_000),
                        Check.notNull("origin"),
                        Check.notNull("destination"))
                .publish(sound);
    }

    static Receipt curate(TaskContext task, Receipt accepted) {
        Rows routes = task.from(ACCEPTED).aggregate(ROUTE, flights -> byRoute(task, flights));
        return task.into(DELAYS)
                .replaceWindow("day")
                .check(Check.unique("day", "origin", "destination"))
                .rows(routes);
    }

    /** The source, what was rejected, and what was curated must add up, in rows and in minutes. */
    static Receipt reconcile(TaskContext task, Receipt curated) {
        Measure flown = Measure.rows("flights").sum("minutes", "delay");
        Totals source = flown.of(task.from(SOURCE));
        Totals rejected = flown.of(task.from(ACCEPTED.deadLetter()));
        Totals published =
                Measure.sumOf("flights", "flights")
                        .sum("minutes", "delay_minutes")
                        .of(task.from(DELAYS));
        task.log("source %s = rejected %s + curated %s", source, rejected, published);
        rejected.plus(published).mustEqual(source);
        Row audit =
                AUDIT.row(
                        task.date(),
                        source.whole("flights"),
                        rejected.whole("flights"),
                        published.whole("flights"),
                        source.whole("minutes"),
                        rejected.whole("minutes"),
                        published.whole("minutes"));
        return task.into(RECONCILED).publish(Rows.of(AUDIT, List.of(audit)));
    }

    private record Route(String origin, String destination) implements Comparable<Route> {
        @Override
        public int compareTo(Route other) {
            int byOrigin = origin.compareTo(other.origin);
            return byOrigin != 0 ? byOrigin : destination.compareTo(other.destination);
        }
    }

    private static List<Row> byRoute(TaskContext task, Iterable<Row> flights) {
        Map<Route, long[]> totals = new TreeMap<>();
        for (Row flight : flights) {
            Route route = new Route(flight.text("origin"), flight.text("destination"));
            long delay = flight.integer("delay");
            long[] total = totals.computeIfAbsent(route, key -> new long[] {0, 0, delay});
            total[0]++;
            total[1] += delay;
            total[2] = Math.max(total[2], delay);
        }
        List<Row> rows = new ArrayList<>();
        totals.forEach(
                (route, total) ->
                        rows.add(
                                ROUTE.row(
                                        task.date(),
                                        route.origin(),
                                        route.destination(),
                                        total[0],
                                        total[1],
                                        total[2])));
        return rows;
    }
}
