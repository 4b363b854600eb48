package dev.tidemark.core;

import java.util.Optional;

/**
 * How much of a pool is used.
 *
 * @param limit empty where nobody has set one
 * @param held the slots that attempts hold
 * @param waiting the queued instances that need it
 * @param starts the starts of the last minute, where there is a rate
 */
public record PoolUse(PoolKey pool, Optional<PoolLimit> limit, int held, int waiting, int starts) {}
