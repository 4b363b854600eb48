package dev.tidemark;

import java.time.ZoneId;

/**
 * The piece of an asset that one run owns.
 *
 * @param key names it in paths and tables: {@code 2001-02-03} for a calendar day, {@code
 *     20010203T050000Z} for other intervals, {@code all} for a pipeline without a schedule
 * @param interval the time it covers
 * @param zone the zone in which local times of the data are read
 */
public record Partition(String key, Interval interval, ZoneId zone) {
    /** The key of an asset that is not cut into pieces. */
    public static final String WHOLE = "all";
}
