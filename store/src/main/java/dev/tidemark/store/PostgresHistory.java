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
