package dev.tidemark.store;

import static dev.tidemark.store.Volley.longs;
import static dev.tidemark.store.Volley.texts;

import dev.tidemark.core.Change;
import java.util.List;

/** Writes the history to PostgreSQL, a whole turn at once. */
final class PostgresHistory {
    private static final String APPEND =
            """
            INSERT INTO history (seq, at, run, backfill, kind, payload)
            SELECT ? + place, ?, nullif(run, 0), nullif(backfill, 0), kind, payload
            FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[])
                 WITH ORDINALITY AS it (run, backfill, kind, payload, place)
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

    private PostgresHistory() {}

    static void append(Volley volley, long lastSeq, String at, List<Change> changes) {
        volley.exactly(
                changes.size(),
                APPEND,
                lastSeq,
                at,
                longs(changes, change -> ChangeOwner.of(change).run()),
                longs(changes, change -> ChangeOwner.of(change).backfill()),
                texts(changes, ChangeJson::kind),
                texts(changes, ChangeJson::payload));
    }
}
