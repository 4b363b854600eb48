package dev.tidemark.cli.show;

import java.time.Duration;
import java.util.Locale;

/** Sizes and durations as people say them. Rounded down: 59.99 s is not yet a minute. */
public final class Units {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int BYTES_STEP = 1024;

    private Units() {}

    /** {@code 850 ms}, {@code 12.3 s}, {@code 4 min 5 s}, {@code 2 h 3 min}, {@code 3 d 4 h}. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        if (duration.toSeconds() < 1) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 1) {
            return duration.toSeconds() + "." + duration.toMillisPart() / 100 + " s";
        }
        if (duration.toHours() < 1) {
            return pair(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        if (duration.toDays() < 1) {
            return pair(duration.toHours(), "h", duration.toMinutesPart(), "min");
        }
        return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
    }

    private static String pair(long large, String largeUnit, int small, String smallUnit) {
        String first = large + " " + largeUnit;
        return small == 0 ? first : first + " " + small + " " + smallUnit;
    }

    /** {@code 1,234,567}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 512 B}, {@code 1.5 KiB}, {@code 72.0 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size of " + bytes + " bytes");
        }
        if (bytes < BYTES_STEP) {
            return bytes + " B";
        }
        int unit = 0;
        long whole = bytes;
        long rest = 0;
        while (whole >= BYTES_STEP) {
            rest = whole % BYTES_STEP;
            whole /= BYTES_STEP;
            unit++;
        }
        return whole + "." + rest * 10 / BYTES_STEP + " " + BYTES[unit];
    }
}
