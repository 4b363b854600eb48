package dev.tidemark.bench;

/** Nanoseconds in other units. */
final class Nanos {
    private static final double PER_SECOND = 1e9;
    private static final double PER_MILLI = 1e6;

    private Nanos() {}

    static double seconds(long nanos) {
        return nanos / PER_SECOND;
    }

    static double millis(long nanos) {
        return nanos / PER_MILLI;
    }
}
