package dev.tidemark.store;

import dev.tidemark.core.PoolLimit;
import java.time.Instant;

/** A pool that has a limit, and since when it has this one. */
public record PoolView(PoolLimit limit, Instant setAt) {}
