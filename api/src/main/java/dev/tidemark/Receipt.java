package dev.tidemark;

/**
 * What publishing returns: a small reference to what now stands in the target. It travels between
 * tasks in the place of the data.
 *
 * @param asset the asset's name
 * @param partition the partition's key
 * @param version the version that readers now see; grows with every publish of the partition
 * @param rows what became of the rows
 * @param contentHash the order-free hash of the published rows, see {@code docs/content-hash.md}
 */
public record Receipt(
        String asset, String partition, long version, RowCounts rows, String contentHash) {}
