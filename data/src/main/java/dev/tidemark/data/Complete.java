package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.TidemarkException;

/** See {@link Check#complete}. */
record Complete(String column, double share) implements RowRule {
    private static final double HUNDRED = 100;

    Complete {
        if (!(share >= 0 && share <= 1)) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "check complete: %s: a share lies between 0 and 1, not at %s"
                            .formatted(column, share));
        }
    }

    @Override
    public Tally begin(Scope scope) {
        return new Values(scope.schema().position(column));
    }

    private final class Values implements Tally {
        private final int position;
        private long rows;
        private long values;

        private Values(int position) {
            this.position = position;
        }

        @Override
        public void see(Row row) {
            rows++;
            values += row.value(position) == null ? 0 : 1;
        }

        @Override
        public void merge(Tally later) {
            Values other = (Values) later;
            rows += other.rows;
            values += other.values;
        }

        @Override
        public CheckResult result() {
            return CheckResult.of(
                    "complete: " + column,
                    "a value in at least " + percent(share),
                    rows == 0
                            ? "no rows"
                            : "%d of %d rows, %s"
                                    .formatted(values, rows, percent((double) values / rows)),
                    values >= share * rows);
        }
    }

    private static String percent(double share) {
        return Figures.text(HUNDRED * share) + " %";
    }
}
