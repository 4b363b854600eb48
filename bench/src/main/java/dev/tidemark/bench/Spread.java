package dev.tidemark.bench;

import java.util.Arrays;

/**
 * What several rounds of the same showed: the one in the middle, and how far they lie apart.
 *
 * @param rounds how many there were
 */
record Spread(double median, double least, double most, int rounds) {
    private static final double HALF = 0.5;

    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no rounds, no spread");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(
                percentile(sorted, HALF), sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /**
     * The smallest value that at least this share of all values does not exceed.
     *
     * @param sorted in ascending order
     */
    static double percentile(double[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
    }
}
