package dev.tidemark.store;

import static dev.tidemark.store.Volley.ints;
import static dev.tidemark.store.Volley.longs;
import static dev.tidemark.store.Volley.texts;

import dev.tidemark.Evidence;
import dev.tidemark.Receipt;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes manifests to PostgreSQL, many at once. */
final class PostgresManifests {
    private static final String PUBLISH =
            """
            INSERT INTO manifests
                (run, asset, partition, task, element, token, version,
                 rows_read, rows_accepted, rows_rejected, rows_filtered, rows_published,
                 content_hash, manifest, manifest_hash)
            SELECT * FROM unnest(
                ?::bigint[], ?::text[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::text[], ?::text[], ?::text[])
            ON CONFLICT (run, asset, partition) DO UPDATE
            SET task = excluded.task, element = excluded.element, token = excluded.token,
                version = excluded.version, rows_read = excluded.rows_read,
                rows_accepted = excluded.rows_accepted, rows_rejected = excluded.rows_rejected,
                rows_filtered = excluded.rows_filtered, rows_published = excluded.rows_published,
                content_hash = excluded.content_hash, manifest = excluded.manifest,
                manifest_hash = excluded.manifest_hash
            """;

    private PostgresManifests() {}

    private record Partition(long run, String asset, String partition) {}

    private record Published(TaskKey task, long token, Evidence evidence) {
        Receipt receipt() {
            return evidence.receipt();
        }
    }

    /** Of several for one partition, the last: a statement writes a row once. */
    static void publish(Volley volley, List<Change.AttemptEnded> ended) {
        Map<Partition, Published> latest = new LinkedHashMap<>();
        for (Change.AttemptEnded it : ended) {
            if (it.outcome() instanceof Outcome.Succeeded succeeded) {
                for (Evidence evidence : succeeded.evidence()) {
                    Receipt receipt = evidence.receipt();
                    latest.put(
                            new Partition(it.task().run(), receipt.asset(), receipt.partition()),
                            new Published(it.task(), it.token(), evidence));
                }
            }
        }
        if (!latest.isEmpty()) {
            write(volley, List.copyOf(latest.values()));
        }
    }

    private static void write(Volley volley, List<Published> them) {
        volley.exactly(
                them.size(),
                PUBLISH,
                longs(them, it -> it.task().run()),
                texts(them, it -> PostgresText.encode(it.receipt().asset())),
                texts(them, it -> PostgresText.encode(it.receipt().partition())),
                texts(them, it -> it.task().task()),
                ints(them, it -> it.task().element()),
                longs(them, Published::token),
                longs(them, it -> it.receipt().version()),
                longs(them, it -> it.receipt().rows().read()),
                longs(them, it -> it.receipt().rows().accepted()),
                longs(them, it -> it.receipt().rows().rejected()),
                longs(them, it -> it.receipt().rows().filtered()),
                longs(them, it -> it.receipt().rows().published()),
                texts(them, it -> it.receipt().contentHash()),
                texts(them, it -> PostgresText.encode(it.evidence().manifest())),
                texts(them, it -> it.evidence().manifestHash()));
    }
}
