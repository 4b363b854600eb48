package dev.tidemark.store;

import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The history: every change, in order. */
final class HistoryTable {
    /** Only for the owner. To look its epoch up by itself would be one more statement a turn. */
    private static final String APPEND =
            """
            INSERT INTO history (seq, at, run, backfill, kind, payload)
            SELECT ?, ?, NULLIF(?, 0), NULLIF(?, 0), ?, ?
            WHERE EXISTS (SELECT 1 FROM owner WHERE epoch = ?)
            """;

    private static final String OF_RUN =
            "SELECT seq, at, kind, payload FROM history WHERE run = ? ORDER BY seq";

    /** The parameter is a JSON array of runs. */
    private static final String OF_RUNS =
            """
            SELECT seq, at, kind, payload FROM history
            WHERE run IN (SELECT value FROM json_each(?)) ORDER BY seq
            """;

    private static final String OF_BACKFILL =
            """
            SELECT seq, at, kind, payload FROM history
            WHERE backfill = ? AND run IS NULL ORDER BY seq
            """;

    private static final String OF_BACKFILL_AND_KIND =
            """
            SELECT seq, at, kind, payload FROM history
            WHERE backfill = ? AND run IS NULL AND kind = ? ORDER BY seq LIMIT ?
            """;

    /** The parameter is a JSON array of backfills. */
    private static final String REPLAY =
            """
            WITH wanted AS (SELECT value AS backfill FROM json_each(?1)),
                 found (seq) AS (
                     SELECT seq FROM history
                     WHERE backfill IN (SELECT backfill FROM wanted)
                     UNION
                     SELECT seq FROM history
                     WHERE run IN (SELECT run FROM history
                                   WHERE backfill IN (SELECT backfill FROM wanted))
                       AND kind IN ('run_created', 'run_moved', 'run_reopened')
                     UNION
                     SELECT seq FROM history
                     WHERE run IN (SELECT run FROM runs
                                   WHERE backfill IN (SELECT backfill FROM wanted)
                                     AND state IN ('QUEUED', 'RUNNING')))
            SELECT seq, at, kind, payload FROM history
            WHERE seq IN (SELECT seq FROM found) ORDER BY seq
            """;

    private static final String LAST_SEQ = "SELECT max(seq) FROM history";

    /** Rows in which attempts may have started, latest first. */
    private static final String STARTS =
            """
            SELECT seq, at, kind, payload FROM history
            WHERE kind IN ('task_changes', 'attempt_started') AND seq < ? ORDER BY seq DESC LIMIT 1
            """;

    private static final String COUNTED_STARTS =
            """
            SELECT seq, at, kind, payload FROM history
            WHERE kind = 'start_counted' AND at > ? ORDER BY at, seq
            """;

    private final Sql sql;

    HistoryTable(Sql sql) {
        this.sql = sql;
    }

    /**
     * Appends a row under an epoch.
     *
     * @return whether that is the epoch of the owner
     */
    boolean append(HistoryRow row, String at, long epoch) throws SQLException {
        int rows =
                sql.update(
                        APPEND,
                        row.seq(),
                        at,
                        row.run(),
                        row.backfill(),
                        row.kind(),
                        row.payload(),
                        epoch);
        return rows == 1;
    }

    List<Recorded> ofRun(long run) throws SQLException {
        return list(OF_RUN, run);
    }

    /** For SQLite. */
    void ofRuns(Collection<Long> runs, Consumer<Recorded> reader) throws SQLException {
        sql.each(row -> read(row, reader), OF_RUNS, runs.toString());
    }

    List<Recorded> ofBackfill(long backfill) throws SQLException {
        return list(OF_BACKFILL, backfill);
    }

    private List<Recorded> list(String query, long owner) throws SQLException {
        List<Recorded> changes = new ArrayList<>();
        sql.each(row -> read(row, changes::add), query, owner);
        return changes;
    }

    List<Recorded> countedStarts(Instant after) throws SQLException {
        List<Recorded> starts = new ArrayList<>();
        sql.each(row -> read(row, starts::add), COUNTED_STARTS, Instants.text(after));
        return starts;
    }

    void replay(Collection<Long> backfills, Consumer<Recorded> reader) throws SQLException {
        sql.each(row -> read(row, reader), REPLAY, backfills.toString());
    }

    /** The plan of a backfill that there is. */
    BackfillPlan plan(long backfill) throws SQLException {
        return ofKind(Change.BackfillCreated.class, ChangeJson.BACKFILL_CREATED, backfill, 1)
                .getFirst()
                .plan();
    }

    List<Change.IntervalSkipped> skipped(long backfill, int limit) throws SQLException {
        return ofKind(Change.IntervalSkipped.class, ChangeJson.INTERVAL_SKIPPED, backfill, limit);
    }

    private <C extends Change> List<C> ofKind(Class<C> type, String kind, long backfill, int limit)
            throws SQLException {
        List<C> changes = new ArrayList<>();
        sql.each(
                row -> read(row, recorded -> changes.add(type.cast(recorded.change()))),
                OF_BACKFILL_AND_KIND,
                backfill,
                kind,
                limit);
        return changes;
    }

    long lastSeq() throws SQLException {
        return sql.number(LAST_SEQ);
    }

    /**
     * The highest token: one of the last turn that started attempts, since tokens only grow from
     * turn to turn. Rows of a turn lie together, and have its time.
     */
    long lastToken() throws SQLException {
        long highest = 0;
        Instant turn = Instant.MIN;
        long before = Long.MAX_VALUE;
        while (true) {
            List<Recorded> changes = new ArrayList<>();
            sql.each(row -> read(row, changes::add), STARTS, before);
            if (changes.isEmpty() || (highest > 0 && !changes.getFirst().at().equals(turn))) {
                return highest;
            }
            for (Recorded recorded : changes) {
                if (recorded.change() instanceof Change.AttemptStarted start) {
                    highest = Math.max(highest, start.token());
                    turn = recorded.at();
                }
            }
            before = changes.getLast().seq();
        }
    }

    static void read(ResultSet row, Consumer<Recorded> reader) throws SQLException {
        HistoryRow.read(
                row.getLong("seq"),
                Instants.read(row, "at"),
                row.getString("kind"),
                row.getString("payload"),
                reader);
    }
}
