package dev.tidemark.store;

import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The history: every change, in order. */
final class HistoryTable {
    private static final String APPEND =
            """
            INSERT INTO history (seq, at, run, backfill, kind, payload)
            VALUES (?, ?, NULLIF(?, 0), NULLIF(?, 0), ?, ?)
            """;
    private static final String OF_RUN =
            "SELECT seq, at, kind, payload FROM history WHERE run = ? ORDER BY seq";
    private static final String OF_BACKFILL =
            """
            SELECT seq, at, kind, payload FROM history
            WHERE backfill = ? AND run IS NULL ORDER BY seq
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

    /** Tokens only grow, so the last attempt that started has the highest. */
    private static final String LAST_START =
            """
            SELECT seq, at, kind, payload FROM history
            WHERE kind = 'attempt_started' ORDER BY seq DESC LIMIT 1
            """;

    private final Sql sql;

    HistoryTable(Sql sql) {
        this.sql = sql;
    }

    void append(long seq, String at, Change change) throws SQLException {
        ChangeOwner owner = ChangeOwner.of(change);
        sql.execute(
                APPEND,
                seq,
                at,
                owner.run(),
                owner.backfill(),
                ChangeJson.kind(change),
                ChangeJson.payload(change));
    }

    List<Recorded> ofRun(long run) throws SQLException {
        return sql.list(HistoryTable::recorded, OF_RUN, run);
    }

    List<Recorded> ofBackfill(long backfill) throws SQLException {
        return sql.list(HistoryTable::recorded, OF_BACKFILL, backfill);
    }

    void replay(Collection<Long> backfills, Consumer<Recorded> reader) throws SQLException {
        sql.each(row -> reader.accept(recorded(row)), REPLAY, backfills.toString());
    }

    /** The plan of a backfill that there is. */
    BackfillPlan plan(long backfill) throws SQLException {
        return ofBackfill(backfill).stream()
                .map(Recorded::change)
                .filter(Change.BackfillCreated.class::isInstance)
                .map(Change.BackfillCreated.class::cast)
                .map(Change.BackfillCreated::plan)
                .findFirst()
                .orElseThrow();
    }

    long lastSeq() throws SQLException {
        return sql.number(LAST_SEQ);
    }

    long lastToken() throws SQLException {
        return sql.first(HistoryTable::recorded, LAST_START)
                .map(row -> ((Change.AttemptStarted) row.change()).token())
                .orElse(0L);
    }

    static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                row.getLong("seq"),
                Instants.read(row, "at"),
                ChangeJson.read(row.getString("kind"), row.getString("payload")));
    }
}
