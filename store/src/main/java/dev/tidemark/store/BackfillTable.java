package dev.tidemark.store;

import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Backfills. Their plans stand in the history. */
final class BackfillTable {
    private static final String CREATE =
            """
            INSERT INTO backfills (backfill, pipeline, state, reason, skipped, created_at)
            VALUES (?, ?, 'RUNNING', '', 0, ?)
            """;
    private static final String SKIP =
            """
            UPDATE backfills SET skipped = skipped + 1 WHERE backfill = ? AND state = 'RUNNING'
            """;
    private static final String END =
            """
            UPDATE backfills SET state = ?, reason = ?, ended_at = ?
            WHERE backfill = ? AND state = 'RUNNING'
            """;
    private static final String BY_NUMBER = "SELECT * FROM backfills WHERE backfill = ?";
    private static final String UNFINISHED =
            """
            SELECT backfill FROM backfills WHERE pipeline = ? AND state = 'RUNNING'
            ORDER BY backfill
            """;
    private static final String RUNS =
            "SELECT state, count(*) AS runs FROM runs WHERE backfill = ? GROUP BY state";
    private static final String LAST_NUMBER = "SELECT max(backfill) FROM backfills";

    private final Sql sql;
    private final HistoryTable history;

    BackfillTable(Sql sql, HistoryTable history) {
        this.sql = sql;
        this.history = history;
    }

    void create(Change.BackfillCreated it, String at) throws SQLException {
        sql.execute(CREATE, it.backfill(), it.plan().pipeline(), at);
    }

    void skip(Change.IntervalSkipped it) throws SQLException {
        sql.one(it, SKIP, it.backfill());
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

    Optional<BackfillView> view(long number) throws SQLException {
        return sql.first(this::view, BY_NUMBER, number);
    }

    private BackfillView view(ResultSet row) throws SQLException {
        long number = row.getLong("backfill");
        return new BackfillView(
                number,
                history.plan(number),
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
