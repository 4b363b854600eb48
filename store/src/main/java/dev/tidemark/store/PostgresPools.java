package dev.tidemark.store;

import static dev.tidemark.store.Volley.ints;
import static dev.tidemark.store.Volley.texts;

import dev.tidemark.core.Change;
import java.util.List;

/** Writes the limits of pools to PostgreSQL, many at once. */
final class PostgresPools {
    private static final String SET =
            """
            INSERT INTO pools (pool, slots, starts_per_minute, set_at)
            SELECT pool, slots, nullif(starts, 0), ?
            FROM unnest(?::text[], ?::int[], ?::int[]) AS it (pool, slots, starts)
            ON CONFLICT (pool) DO UPDATE
            SET slots = excluded.slots, starts_per_minute = excluded.starts_per_minute,
                set_at = excluded.set_at
            """;
    private static final String REMOVE = "DELETE FROM pools WHERE pool = ANY (?::text[])";

    private PostgresPools() {}

    static void set(Volley volley, List<Change.PoolSet> them, String at) {
        volley.exactly(
                them.size(),
                SET,
                at,
                texts(them, it -> it.limit().pool()),
                ints(them, it -> it.limit().slots()),
                ints(them, it -> it.limit().startsPerMinute().orElse(0)));
    }

    static void remove(Volley volley, List<Change.PoolRemoved> them) {
        volley.exactly(them.size(), REMOVE, (Object) texts(them, Change.PoolRemoved::pool));
    }
}
