package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.util.List;

/**
 * How two tables differ, by key.
 *
 * @param tables both names, for messages
 * @param counts of the rows that differ
 * @param samples a few of them, as text
 */
public record TableDifferences(String tables, Counts counts, List<String> samples) {
    public TableDifferences {
        samples = List.copyOf(samples);
    }

    /**
     * How many rows differ.
     *
     * @param onlyLeft rows whose key the right table does not have
     * @param onlyRight rows whose key the left table does not have
     * @param different keys that both have, with another value in a compared column
     * @param repeated keys that one of the tables has in more than one row
     */
    public record Counts(long onlyLeft, long onlyRight, long different, long repeated) {
        boolean areZero() {
            return onlyLeft == 0 && onlyRight == 0 && different == 0 && repeated == 0;
        }

        @Override
        public String toString() {
            return "%d rows only left, %d only right, %d different, %d keys repeated"
                    .formatted(onlyLeft, onlyRight, different, repeated);
        }
    }

    /**
     * Does nothing where the tables agree.
     *
     * @throws TidemarkException {@link ErrorCode#NOT_RECONCILED} with the counts and the samples
     */
    public void mustBeNone() {
        if (!counts.areZero()) {
            throw new TidemarkException(
                    ErrorCode.NOT_RECONCILED,
                    ("%s differ: %s, such as %s. Find out which side is right, then run again what"
                                    + " produced the other")
                            .formatted(tables, counts, String.join("; ", samples)));
        }
    }
}
