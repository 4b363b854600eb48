package dev.tidemark;

/**
 * What an attempt read from one source.
 *
 * @param source the source's name
 * @param partition the key of the partition read
 * @param version names exactly what was read: a published version, or a hash of the bytes
 * @param rows rows read
 * @param bytes bytes read, 0 where the source has no notion of them
 */
public record Consumption(String source, String partition, String version, long rows, long bytes) {}
