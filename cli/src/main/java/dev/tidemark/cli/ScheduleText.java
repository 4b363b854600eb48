package dev.tidemark.cli;

import dev.tidemark.Interval;
import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Intervals of a timetable as people and programs read them. */
record ScheduleText(Timetable timetable, List<Interval> intervals) {
    String table(Terminal terminal) {
        if (intervals.isEmpty()) {
            return "No interval starts on that date or later.\n";
        }
        return new Table(
                        List.of(
                                Column.text("PARTITION"),
                                Column.text("START"),
                                Column.text("END"),
                                Column.number("LENGTH"),
                                Column.text("RUNS AT")),
                        intervals.stream().map(this::row).toList())
                .render(terminal);
    }

    private List<Cell> row(Interval interval) {
        return List.of(
                Cell.of(timetable.partition(interval).key()),
                Cell.of(local(interval.start())),
                Cell.of(local(interval.end())),
                Cell.of(Units.duration(Duration.between(interval.start(), interval.end()))),
                Cell.of(local(timetable.due(interval))));
    }

    /** With its offset, which tells the two times apart that clocks show alike. */
    private String local(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(timetable.zone()));
    }

    String json() {
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        for (Interval interval : intervals) {
            root.addObject()
                    .put("start", interval.start().toString())
                    .put("end", interval.end().toString())
                    .put("logical_date", interval.start().toString());
        }
        return JsonMapper.shared().writeValueAsString(root);
    }
}
