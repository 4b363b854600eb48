package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs. */
final class RunTable {
    private static final String CREATE =
            """
            INSERT INTO runs (run, pipeline, name, parameters, interval_start, interval_end,
                              version, state, try, backfill, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'QUEUED', 1, NULLIF(?, 0), ?)
            """;
    private static final String MOVE =
            """
            UPDATE runs
            SET state = ?1,
                started_at = CASE ?1 WHEN 'RUNNING' THEN coalesce(started_at, ?2)
                                     ELSE started_at END,
                ended_at = ?3
            WHERE run = ?4 AND state = ?5
            """;
    private static final String REOPEN =
            """
            UPDATE runs
            SET state = 'QUEUED', version = ?1, backfill = NULLIF(?2, 0), try = ?3,
                started_at = CASE try WHEN ?3 THEN started_at END, ended_at = NULL
            WHERE run = ?4 AND try IN (?3, ?3 - 1)
            """;
    private static final String FIND =
            """
            SELECT run, name, state, backfill, interval_start, interval_end FROM runs
            WHERE pipeline = ? AND parameters = ? AND interval_start BETWEEN ? AND ?
            """;
    private static final String STARTING =
            """
            SELECT run, name, state, backfill, interval_start, interval_end FROM runs
            WHERE pipeline = ? AND parameters = ? AND interval_start >= ? AND interval_start < ?
            """;
    private static final String BY_NUMBER = "SELECT * FROM runs WHERE run = ?";
    private static final String NAMED = "SELECT * FROM runs WHERE name = ? ORDER BY pipeline";
    private static final String LAST_NUMBER = "SELECT max(run) FROM runs";

    private final Sql sql;

    RunTable(Sql sql) {
        this.sql = sql;
    }

    void create(Change.RunCreated it, String at) throws SQLException {
        RunIdentity identity = it.identity();
        sql.execute(
                CREATE,
                it.run(),
                identity.pipeline(),
                identity.name(),
                Json.parameters(identity.parameters()),
                Instants.text(identity.interval().start()),
                Instants.text(identity.interval().end()),
                it.version(),
                it.backfill(),
                at);
    }

    void move(Change.RunMoved it, String at) throws SQLException {
        sql.one(
                it,
                MOVE,
                it.to().name(),
                at,
                it.to().isFinal() ? at : null,
                it.run(),
                it.from().name());
    }

    void reopen(Change.RunReopened it) throws SQLException {
        sql.one(it, REOPEN, it.version(), it.backfill(), it.tryNumber(), it.run());
    }

    Map<Interval, BackfillPlan.Existing> find(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals)
            throws SQLException {
        Map<Interval, BackfillPlan.Existing> found = new HashMap<>();
        if (intervals.isEmpty()) {
            return found;
        }
        Set<Interval> wanted = new HashSet<>(intervals);
        Instant first = intervals.stream().map(Interval::start).min(Instant::compareTo).get();
        Instant last = intervals.stream().map(Interval::start).max(Instant::compareTo).get();
        List<Covered> inRange =
                sql.list(
                        RunTable::covered,
                        FIND,
                        pipeline,
                        Json.parameters(parameters),
                        Instants.text(first),
                        Instants.text(last));
        for (Covered run : inRange) {
            if (wanted.contains(run.interval())) {
                found.put(run.interval(), run.existing());
            }
        }
        return found;
    }

    Map<Interval, BackfillPlan.Existing> starting(String pipeline, Instant from, Instant until)
            throws SQLException {
        Map<Interval, BackfillPlan.Existing> found = new HashMap<>();
        for (Covered run :
                sql.list(
                        RunTable::covered,
                        STARTING,
                        pipeline,
                        Json.parameters(Map.of()),
                        Instants.text(from),
                        Instants.text(until))) {
            found.put(run.interval(), run.existing());
        }
        return found;
    }

    /** A run, and what it covers. */
    record Covered(Interval interval, BackfillPlan.Existing existing) {}

    static Covered covered(ResultSet row) throws SQLException {
        return new Covered(
                interval(row),
                new BackfillPlan.Existing(
                        row.getLong("run"),
                        row.getString("name"),
                        RunState.valueOf(row.getString("state")),
                        row.getLong("backfill")));
    }

    Optional<RunView> byNumber(long run) throws SQLException {
        return sql.first(RunTable::view, BY_NUMBER, run);
    }

    List<RunView> named(String name) throws SQLException {
        return sql.list(RunTable::view, NAMED, name);
    }

    List<RunView> show(RunFilter filter) throws SQLException {
        List<String> conditions = new ArrayList<>(List.of("TRUE"));
        List<Object> values = new ArrayList<>();
        filter.pipeline().ifPresent(only -> add("pipeline = ?", only, conditions, values));
        filter.state().ifPresent(only -> add("state = ?", only.name(), conditions, values));
        filter.backfill().ifPresent(only -> add("backfill = ?", only, conditions, values));
        filter.before().ifPresent(run -> add("run < ?", run, conditions, values));
        values.add(filter.limit());
        return sql.list(
                RunTable::view,
                "SELECT * FROM runs WHERE "
                        + String.join(" AND ", conditions)
                        + " ORDER BY run DESC LIMIT ?",
                values.toArray());
    }

    private static void add(
            String condition, Object value, List<String> conditions, List<Object> values) {
        conditions.add(condition);
        values.add(value);
    }

    long lastNumber() throws SQLException {
        return sql.number(LAST_NUMBER);
    }

    private static RunView view(ResultSet row) throws SQLException {
        RunIdentity identity =
                new RunIdentity(
                        row.getString("pipeline"),
                        row.getString("name"),
                        interval(row),
                        Json.parameters(row.getString("parameters")));
        return new RunView(
                row.getLong("run"),
                identity,
                row.getString("version"),
                new RunView.Status(
                        RunState.valueOf(row.getString("state")),
                        row.getInt("try"),
                        row.getLong("backfill")),
                new RunView.Times(
                        Instants.read(row, "created_at"),
                        Instants.readOptional(row, "started_at"),
                        Instants.readOptional(row, "ended_at")));
    }

    private static Interval interval(ResultSet row) throws SQLException {
        return new Interval(
                Instants.read(row, "interval_start"), Instants.read(row, "interval_end"));
    }
}
