package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.Pool;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How much of a pool there is.
 *
 * @param pool the pool's name
 * @param slots how many slots attempts may hold at once
 * @param startsPerMinute how many attempts may start within any sixty seconds; empty for any number
 */
public record PoolLimit(String pool, int slots, OptionalInt startsPerMinute) {
    /** The highest rate; more is no limit. */
    public static final int MAX_STARTS_PER_MINUTE = 100_000;

    /** What a rate counts within. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,99}");

    public PoolLimit {
        refuse(
                !NAME.matcher(pool).matches(),
                "pool name '"
                        + pool
                        + "' is not allowed; use a letter, then letters, digits, _ or"
                        + " -, at most 100");
        refuse(
                slots < 1 || slots > Pool.MAX_SLOTS,
                "a pool must have 1 to "
                        + Pool.MAX_SLOTS
                        + " slots, not "
                        + slots
                        + "; to take the limit away, remove the pool");
        int rate = startsPerMinute.orElse(1);
        refuse(
                rate < 1 || rate > MAX_STARTS_PER_MINUTE,
                "a pool must allow 1 to "
                        + MAX_STARTS_PER_MINUTE
                        + " starts a minute, not "
                        + rate
                        + "; for any number, say nothing about starts");
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new TidemarkException(ErrorCode.INVALID_REQUEST, message);
        }
    }
}
