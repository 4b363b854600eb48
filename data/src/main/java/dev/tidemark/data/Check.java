package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.util.List;

/**
 * A gate that staged rows must pass before they are published. Computed while the rows pass by, so
 * it costs no second reading. Where one fails, nothing is published and the earlier version stays.
 */
public interface Check {
    /** Begins for one publish of rows of this shape. */
    Tally begin(Schema schema);

    /** A check at work. Belongs to one thread. */
    interface Tally {
        void see(Row row);

        CheckResult result();
    }

    /** At least so many rows. */
    static Check rowsAtLeast(long least) {
        return new RowsAtLeast(least);
    }

    /** A value in every row. */
    static Check notNull(String column) {
        return new NotNull(column);
    }

    /**
     * No two rows with the same values in these columns, nulls being equal. Remembers the keys it
     * has seen: meant for partitions that fit into memory.
     */
    static Check unique(String... columns) {
        return new Unique(List.of(columns));
    }

    /** Every value at least {@code least} and at most {@code most}; nulls pass. */
    static <T extends Comparable<? super T>> Check between(String column, T least, T most) {
        return new Between(column, least, most);
    }

    /** Every value one of these; nulls pass. */
    static Check allowed(String column, Object... values) {
        return new Allowed(column, List.of(values));
    }
}
