package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Row;
import dev.tidemark.Schema;

/** Computed row by row, while the rows pass by on their way into staging. */
non-sealed interface RowRule extends Rule {
    /**
     * Begins for one publish.
     *
     * @throws dev.tidemark.TidemarkException where the columns do not allow this rule
     */
    Tally begin(Scope scope);

    /**
     * What a rule may know before the first row.
     *
     * @param schema the columns that are staged
     */
    record Scope(Boundary boundary, Schema schema) {}

    /**
     * A rule at work. What it knows of two parts of the rows can be put together, and is then what
     * it would know of the whole. Belongs to one thread.
     */
    interface Tally extends AutoCloseable {
        void see(Row row);

        /** Adds what another tally of the same rule knows of the rows that follow. */
        void merge(Tally later);

        CheckResult result();

        @Override
        default void close() {}
    }
}
