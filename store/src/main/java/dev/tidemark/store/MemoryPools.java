package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The limits of pools, in memory. */
final class MemoryPools {
    private final MemoryTable<String, PoolView> pools;

    MemoryPools(Undo undo) {
        pools = new MemoryTable<>(Comparator.<String>naturalOrder(), undo);
    }

    void set(Change.PoolSet it, Instant at) {
        pools.put(it.limit().pool(), new PoolView(it.limit(), at));
    }

    void remove(Change.PoolRemoved it) {
        if (!pools.has(it.pool())) {
            throw Disagreement.about(it);
        }
        pools.remove(it.pool());
    }

    List<PoolView> all() {
        return List.copyOf(pools.all());
    }
}
