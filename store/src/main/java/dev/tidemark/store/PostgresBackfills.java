package dev.tidemark.store;

import static dev.tidemark.store.Volley.ints;
import static dev.tidemark.store.Volley.longs;
import static dev.tidemark.store.Volley.texts;

import dev.tidemark.core.Change;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes backfills to PostgreSQL, many at once. */
final class PostgresBackfills {
    private static final String CREATE =
            """
            INSERT INTO backfills (backfill, pipeline, state, reason, skipped, created_at, asked)
            SELECT backfill, pipeline, 'RUNNING', '', 0, ?, asked
            FROM unnest(?::bigint[], ?::text[], ?::text[]) AS it (backfill, pipeline, asked)
            """;
    private static final String SKIP =
            """
            UPDATE backfills SET skipped = skipped + it.intervals
            FROM unnest(?::bigint[], ?::int[]) AS it (backfill, intervals)
            WHERE backfills.backfill = it.backfill AND state = 'RUNNING'
            """;
    private static final String MOVE =
            """
            UPDATE backfills SET state = it.after
            FROM unnest(?::bigint[], ?::text[], ?::text[]) AS it (backfill, before, after)
            WHERE backfills.backfill = it.backfill AND state = it.before
            """;
    private static final String END =
            """
            UPDATE backfills SET state = it.after, reason = it.reason, ended_at = ?
            FROM unnest(?::bigint[], ?::text[], ?::text[]) AS it (backfill, after, reason)
            WHERE backfills.backfill = it.backfill AND state IN ('RUNNING', 'PAUSED')
            """;

    private PostgresBackfills() {}

    static void create(Volley volley, List<Change.BackfillCreated> them, String at) {
        volley.exactly(
                them.size(),
                CREATE,
                at,
                longs(them, Change.BackfillCreated::backfill),
                texts(them, it -> it.plan().pipeline()),
                texts(them, it -> PlanJson.asked(it.plan())));
    }

    static void move(Volley volley, List<Change.BackfillMoved> them) {
        volley.exactly(
                them.size(),
                MOVE,
                longs(them, Change.BackfillMoved::backfill),
                texts(them, it -> it.from().name()),
                texts(them, it -> it.to().name()));
    }

    /** A backfill passes over many intervals at once. */
    static void skip(Volley volley, List<Change.IntervalSkipped> them) {
        Map<Long, Integer> counts = new TreeMap<>();
        them.forEach(it -> counts.merge(it.backfill(), 1, Integer::sum));
        List<Map.Entry<Long, Integer>> entries = List.copyOf(counts.entrySet());
        volley.exactly(
                entries.size(),
                SKIP,
                longs(entries, Map.Entry::getKey),
                ints(entries, Map.Entry::getValue));
    }

    static void end(Volley volley, List<Change.BackfillEnded> them, String at) {
        volley.exactly(
                them.size(),
                END,
                at,
                longs(them, Change.BackfillEnded::backfill),
                texts(them, it -> it.state().name()),
                texts(them, it -> PostgresText.encode(it.reason())));
    }
}
