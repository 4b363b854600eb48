package dev.tidemark.store;

import java.time.Duration;

/**
 * The engine that commits.
 *
 * @param lease how much longer it stays the owner without a commit, by the store's clock; negative
 *     where it is over
 */
public record Owner(String name, long epoch, Duration lease) {}
