package dev.tidemark.data;

import dev.tidemark.Row;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * See {@link Check#meanBetween} and {@link Check#standardDeviationBetween}. The sums are exact, so
 * the order of the rows, and how they are cut into parts, make no difference.
 */
record Moment(Kind kind, String column, double least, double most) implements RowRule {
    /** Which one. */
    enum Kind {
        MEAN("mean"),
        STANDARD_DEVIATION("standard deviation");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    Moment {
        Numbers.verifyBounds(kind.label, column, least, most);
    }

    @Override
    public Tally begin(Scope scope) {
        return new Sums(Numbers.position(scope.schema(), kind.label, column));
    }

    private final class Sums implements Tally {
        private final int position;
        private long values;
        private long notFinite;
        private BigDecimal sum = BigDecimal.ZERO;
        private BigDecimal squares = BigDecimal.ZERO;

        private Sums(int position) {
            this.position = position;
        }

        @Override
        public void see(Row row) {
            Object value = row.value(position);
            if (value == null) {
                return;
            }
            if (!Numbers.isFinite(value)) {
                notFinite++;
                return;
            }
            BigDecimal number = Numbers.exact(value);
            values++;
            sum = sum.add(number);
            squares = squares.add(number.multiply(number));
        }

        @Override
        public void merge(Tally later) {
            Sums other = (Sums) later;
            values += other.values;
            notFinite += other.notFinite;
            sum = sum.add(other.sum);
            squares = squares.add(other.squares);
        }

        @Override
        public CheckResult result() {
            @Nullable BigDecimal found = found();
            return Numbers.result(
                    kind.label + ": " + column, new Numbers.Bounds(least, most), found, notFinite);
        }

        private @Nullable BigDecimal found() {
            BigDecimal count = BigDecimal.valueOf(values);
            return switch (kind) {
                case MEAN -> values == 0 ? null : sum.divide(count, MathContext.DECIMAL128);
                case STANDARD_DEVIATION -> values < 2 ? null : deviation(count);
            };
        }

        /** Of a sample: divided by one less than there are values. */
        private BigDecimal deviation(BigDecimal count) {
            return squares.multiply(count)
                    .subtract(sum.multiply(sum))
                    .divide(count.multiply(count.subtract(BigDecimal.ONE)), MathContext.DECIMAL128)
                    .sqrt(MathContext.DECIMAL128);
        }
    }
}
