package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.Alert;
import dev.tidemark.core.Change;
import dev.tidemark.core.Passed;
import dev.tidemark.core.Pause;
import dev.tidemark.core.ScheduleState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Schedules: how far they are, what they passed over, when they were paused; and alerts. */
final class ScheduleTable {
    private static final String ENABLE =
            "INSERT INTO schedules (pipeline, enabled_at, runs_from) VALUES (?, ?, ?)";
    private static final String ADVANCE =
            """
            UPDATE schedules SET last_start = ?1, last_end = ?2
            WHERE pipeline = ?3 AND (last_start IS NULL OR last_start < ?1)
            """;
    private static final String PASS =
            """
            INSERT INTO passed_intervals (pipeline, first_start, first_end, last_start, last_end,
                                          intervals, why, passed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String PAUSE =
            "INSERT INTO pauses (pipeline, reason, paused_at) VALUES (?, ?, ?)";
    private static final String RESUME =
            "UPDATE pauses SET resumed_at = ? WHERE pipeline = ? AND resumed_at IS NULL";
    private static final String RAISE =
            """
            INSERT INTO alerts (raised_at, kind, pipeline, run, interval_start, interval_end,
                                message)
            VALUES (?, ?, ?, NULLIF(?, 0), ?, ?, ?)
            """;
    private static final String ALERTED = "UPDATE schedules SET alerted_at = ? WHERE pipeline = ?";

    private static final String KNOWN =
            """
            SELECT pipeline FROM schedules UNION SELECT pipeline FROM pauses ORDER BY pipeline
            """;

    private static final String PASSED =
            """
            SELECT * FROM passed_intervals
            WHERE pipeline = ? AND first_start < ? AND last_start >= ? ORDER BY first_start
            """;
    private static final String ALERTS = "SELECT * FROM alerts ORDER BY alert DESC LIMIT ?";
    private static final String ALERTS_OF =
            "SELECT * FROM alerts WHERE pipeline = ? ORDER BY alert DESC LIMIT ?";

    private final Sql sql;
    private final String byPipeline;
    private final String pauses;

    /**
     * @param names see {@link Tables}
     */
    ScheduleTable(Sql sql, String names) {
        this.sql = sql;
        this.byPipeline =
                "SELECT schedules.* FROM %s JOIN schedules ON pipeline = it.value".formatted(names);
        // Those that ended before what is open do not matter any more.
        this.pauses =
                """
                SELECT pauses.* FROM %s JOIN pauses ON pauses.pipeline = it.value
                     LEFT JOIN schedules ON schedules.pipeline = it.value
                WHERE resumed_at IS NULL OR resumed_at > coalesce(last_end, '')
                ORDER BY pause
                """
                        .formatted(names);
    }

    void apply(Change.OfSchedule change, String at) throws SQLException {
        switch (change) {
            case Change.ScheduleEnabled it -> enable(it, at);
            case Change.SchedulePaused it -> pause(it, at);
            case Change.ScheduleResumed it -> resume(it, at);
            case Change.IntervalsPassed it -> pass(it, at);
        }
    }

    private void enable(Change.ScheduleEnabled it, String at) throws SQLException {
        sql.execute(ENABLE, it.pipeline(), at, Instants.text(it.from()));
    }

    /** A run of the schedule came to be. */
    void created(Change.RunCreated it) throws SQLException {
        if (it.backfill() == 0) {
            advance(it.identity().pipeline(), it.identity().interval());
        }
    }

    private void advance(String pipeline, Interval last) throws SQLException {
        sql.execute(ADVANCE, Instants.text(last.start()), Instants.text(last.end()), pipeline);
    }

    private void pass(Change.IntervalsPassed it, String at) throws SQLException {
        sql.execute(
                PASS,
                it.pipeline(),
                Instants.text(it.first().start()),
                Instants.text(it.first().end()),
                Instants.text(it.last().start()),
                Instants.text(it.last().end()),
                it.count(),
                it.why().name(),
                at);
        advance(it.pipeline(), it.last());
    }

    private void pause(Change.SchedulePaused it, String at) throws SQLException {
        sql.execute(PAUSE, it.pipeline(), it.reason(), at);
    }

    private void resume(Change.ScheduleResumed it, String at) throws SQLException {
        sql.one(it, RESUME, at, it.pipeline());
    }

    void raise(Change.AlertRaised it, String at) throws SQLException {
        Alert alert = it.alert();
        sql.execute(
                RAISE,
                at,
                alert.kind().name(),
                alert.pipeline(),
                alert.run(),
                Instants.text(alert.interval().start()),
                Instants.text(alert.interval().end()),
                alert.message());
        if (alert.kind() == Alert.Kind.INTERVAL_LATE) {
            sql.execute(ALERTED, at, alert.pipeline());
        }
    }

    /** The pipelines that have something to tell here. */
    private List<String> known() throws SQLException {
        return sql.list(row -> row.getString("pipeline"), KNOWN);
    }

    List<ScheduleView> all() throws SQLException {
        return views(known());
    }

    Optional<ScheduleView> view(String pipeline) throws SQLException {
        return views(List.of(pipeline)).stream().findFirst();
    }

    /** Of the pipelines that have something to tell here, in their order. */
    List<ScheduleView> views(Collection<String> pipelines) throws SQLException {
        String names = Json.texts(pipelines);
        Map<String, Row> rows = new HashMap<>();
        sql.each(row -> rows.put(row.getString("pipeline"), row(row)), byPipeline, names);
        Map<String, List<Paused>> paused = new HashMap<>();
        sql.each(
                row ->
                        paused.computeIfAbsent(row.getString("pipeline"), _ -> new ArrayList<>())
                                .add(paused(row)),
                pauses,
                names);
        List<ScheduleView> views = new ArrayList<>();
        for (String pipeline : pipelines) {
            Optional<Row> row = Optional.ofNullable(rows.get(pipeline));
            List<Paused> times = paused.getOrDefault(pipeline, List.of());
            if (row.isPresent() || !times.isEmpty()) {
                views.add(view(pipeline, row, times));
            }
        }
        return views;
    }

    private static ScheduleView view(String pipeline, Optional<Row> row, List<Paused> pauses) {
        return new ScheduleView(
                pipeline,
                new ScheduleState.Kept(
                        row.map(Row::enabling),
                        row.flatMap(Row::last),
                        pauses.stream().map(Paused::pause).toList(),
                        row.map(Row::alertedAt).orElse(Instant.MIN)),
                pauses.stream()
                        .filter(it -> it.pause().until().isEmpty())
                        .map(Paused::reason)
                        .findFirst());
    }

    private record Row(
            ScheduleState.Enabling enabling, Optional<Interval> last, Instant alertedAt) {}

    private static Row row(ResultSet row) throws SQLException {
        @Nullable String start = row.getString("last_start");
        return new Row(
                new ScheduleState.Enabling(
                        Instants.read(row, "enabled_at"), Instants.read(row, "runs_from")),
                start == null ? Optional.empty() : Optional.of(interval(row, "last")),
                Instants.readOptional(row, "alerted_at").orElse(Instant.MIN));
    }

    private record Paused(Pause pause, String reason) {}

    private static Paused paused(ResultSet row) throws SQLException {
        return new Paused(
                new Pause(
                        Instants.read(row, "paused_at"), Instants.readOptional(row, "resumed_at")),
                row.getString("reason"));
    }

    List<PassedView> passed(String pipeline, Instant from, Instant until) throws SQLException {
        return sql.list(
                ScheduleTable::passed, PASSED, pipeline, Instants.text(until), Instants.text(from));
    }

    private static PassedView passed(ResultSet row) throws SQLException {
        return new PassedView(
                interval(row, "first"),
                interval(row, "last"),
                row.getInt("intervals"),
                Passed.valueOf(row.getString("why")),
                Instants.read(row, "passed_at"));
    }

    List<AlertView> alerts(Optional<String> pipeline, int limit) throws SQLException {
        return pipeline.isPresent()
                ? sql.list(ScheduleTable::alert, ALERTS_OF, pipeline.get(), limit)
                : sql.list(ScheduleTable::alert, ALERTS, limit);
    }

    private static AlertView alert(ResultSet row) throws SQLException {
        return new AlertView(
                row.getLong("alert"),
                Instants.read(row, "raised_at"),
                new Alert(
                        Alert.Kind.valueOf(row.getString("kind")),
                        row.getString("pipeline"),
                        row.getLong("run"),
                        interval(row, "interval"),
                        row.getString("message")));
    }

    private static Interval interval(ResultSet row, String of) throws SQLException {
        return new Interval(Instants.read(row, of + "_start"), Instants.read(row, of + "_end"));
    }
}
