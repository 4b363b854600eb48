package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Schema;

/** See {@link Check#rowsAtLeast}. */
record RowsAtLeast(long least) implements Check {
    @Override
    public Tally begin(Schema schema) {
        return new Tally() {
            private long rows;

            @Override
            public void see(Row row) {
                rows++;
            }

            @Override
            public CheckResult result() {
                return new CheckResult(
                        "rows at least", String.valueOf(least), rows + " rows", rows >= least);
            }
        };
    }
}
