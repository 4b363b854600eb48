package dev.tidemark.store;

import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Backfills. Their plans stand in the history. */
final class BackfillTable {
    private static final String CREATE =
            """
            INSERT INTO backfills (backfill, pipeline, state, reason, skipped, created_at, asked)
            VALUES (?, ?, 'RUNNING', '', 0, ?, ?)
            """;
    private static final String SKIP =
            """
            UPDATE backfills SET skipped = skipped + 1 WHERE backfill = ? AND state = 'RUNNING'
            """;
    private static final String MOVE =
            "UPDATE backfills SET state = ? WHERE backfill = ? AND state = ?";
    private static final String END =
            """
            UPDATE backfills SET state = ?, reason = ?, ended_at = ?
            WHERE backfill = ? AND state IN ('RUNNING', 'PAUSED')
            """;
    private static final String BY_NUMBER = "SELECT * FROM backfills WHERE backfill = ?";
    private static final String UNFINISHED =
            """
            SELECT backfill FROM backfills WHERE pipeline = ? AND state IN ('RUNNING', 'PAUSED')
            ORDER BY backfill
            """;
    private static final String RUNS =
            "SELECT state, count(*) AS runs FROM runs WHERE backfill = ? GROUP BY state";
    private static final String LAST_NUMBER = "SELECT max(backfill) FROM backfills";

    private final Sql sql;
    private final HistoryTable history;
    private final String open;

    /**
     * @param names see {@link Tables}
     */
    BackfillTable(Sql sql, HistoryTable history, String names) {
        this.sql = sql;
        this.history = history;
        this.open =
                """
                SELECT backfill FROM backfills
                WHERE state IN ('RUNNING', 'PAUSED') AND pipeline IN (SELECT value FROM %s)
                ORDER BY backfill
                """
                        .formatted(names);
    }

    void create(Change.BackfillCreated it, String at) throws SQLException {
        sql.execute(CREATE, it.backfill(), it.plan().pipeline(), at, PlanJson.asked(it.plan()));
    }

    void skip(Change.IntervalSkipped it) throws SQLException {
        sql.one(it, SKIP, it.backfill());
    }

    void move(Change.BackfillMoved it) throws SQLException {
        sql.one(it, MOVE, it.to().name(), it.backfill(), it.from().name());
    }

    void end(Change.BackfillEnded it, String at) throws SQLException {
        sql.one(it, END, it.state().name(), it.reason(), at, it.backfill());
    }

    List<BackfillView> unfinished(String pipeline) throws SQLException {
        List<BackfillView> unfinished = new ArrayList<>();
        for (long number : sql.list(row -> row.getLong("backfill"), UNFINISHED, pipeline)) {
            view(number).ifPresent(unfinished::add);
        }
        return unfinished;
    }

    List<Long> open(Collection<String> pipelines) throws SQLException {
        return sql.list(row -> row.getLong("backfill"), open, Json.texts(pipelines));
    }

    Optional<BackfillView> view(long number) throws SQLException {
        return sql.first(this::view, BY_NUMBER, number);
    }

    private BackfillView view(ResultSet row) throws SQLException {
        BackfillSummary summary = summary(row);
        return new BackfillView(
                summary.number(),
                history.plan(summary.number()),
                summary.status(),
                summary.progress(),
                summary.times());
    }

    Optional<BackfillSummary> inShort(long number) throws SQLException {
        return sql.first(this::summary, BY_NUMBER, number);
    }

    List<BackfillSummary> show(BackfillFilter filter) throws SQLException {
        List<String> conditions = new ArrayList<>(List.of("TRUE"));
        List<Object> values = new ArrayList<>();
        filter.pipeline().ifPresent(only -> add("pipeline = ?", only, conditions, values));
        filter.state().ifPresent(only -> add("state = ?", only.name(), conditions, values));
        filter.before().ifPresent(number -> add("backfill < ?", number, conditions, values));
        values.add(filter.limit());
        return sql.list(
                this::summary,
                "SELECT * FROM backfills WHERE "
                        + String.join(" AND ", conditions)
                        + " ORDER BY backfill DESC LIMIT ?",
                values.toArray());
    }

    private static void add(
            String condition, Object value, List<String> conditions, List<Object> values) {
        conditions.add(condition);
        values.add(value);
    }

    private BackfillSummary summary(ResultSet row) throws SQLException {
        long number = row.getLong("backfill");
        return new BackfillSummary(
                number,
                PlanJson.asked(row.getString("pipeline"), row.getString("asked")),
                new BackfillView.Status(
                        BackfillState.valueOf(row.getString("state")), row.getString("reason")),
                new BackfillView.Progress(row.getInt("skipped"), runs(number)),
                new BackfillView.Times(
                        Instants.read(row, "created_at"), Instants.readOptional(row, "ended_at")));
    }

    private Map<RunState, Integer> runs(long number) throws SQLException {
        Map<RunState, Integer> counts = new EnumMap<>(RunState.class);
        for (StateCount count : sql.list(BackfillTable::count, RUNS, number)) {
            counts.put(count.state(), count.runs());
        }
        return counts;
    }

    private record StateCount(RunState state, int runs) {}

    private static StateCount count(ResultSet row) throws SQLException {
        return new StateCount(RunState.valueOf(row.getString("state")), row.getInt("runs"));
    }

    long lastNumber() throws SQLException {
        return sql.number(LAST_NUMBER);
    }
}
