package dev.tidemark.store;

import static dev.tidemark.store.Volley.longs;
import static dev.tidemark.store.Volley.texts;

import java.util.List;

/** Writes the history to PostgreSQL, a whole turn at once. */
final class PostgresHistory {
    private static final String APPEND =
            """
            INSERT INTO history (seq, at, run, backfill, kind, payload)
            SELECT seq, ?, nullif(run, 0), nullif(backfill, 0), kind, payload
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
                 AS it (seq, run, backfill, kind, payload)
            """;

    /** The parameters are the same backfills three times. */
    static final String REPLAY =
            """
            SELECT seq, at, kind, payload FROM history
            WHERE seq IN (
                SELECT seq FROM history WHERE backfill = ANY (?)
                UNION
                SELECT seq FROM history
                WHERE run IN (SELECT run FROM history WHERE backfill = ANY (?))
                  AND kind IN ('run_created', 'run_moved', 'run_reopened')
                UNION
                SELECT seq FROM history
                WHERE run IN (SELECT run FROM runs
                              WHERE backfill = ANY (?) AND state IN ('QUEUED', 'RUNNING')))
            ORDER BY seq
            """;

    static final String OF_RUNS =
            "SELECT seq, at, kind, payload FROM history WHERE run = ANY (?) ORDER BY seq";

    private PostgresHistory() {}

    static void append(Volley volley, List<HistoryRow> rows, String at) {
        volley.exactly(
                rows.size(),
                APPEND,
                at,
                longs(rows, HistoryRow::seq),
                longs(rows, HistoryRow::run),
                longs(rows, HistoryRow::backfill),
                texts(rows, HistoryRow::kind),
                texts(rows, HistoryRow::payload));
    }
}
