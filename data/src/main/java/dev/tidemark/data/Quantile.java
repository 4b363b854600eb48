package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.TidemarkException;
import java.math.BigDecimal;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * See {@link Check#quantileBetween}. Exact: the least value that at least this share of the values
 * does not exceed.
 */
record Quantile(String column, double share, Numbers.Bounds bounds, KeyCounts.Limits limits)
        implements RowRule {
    Quantile {
        Numbers.verifyBounds("quantile", column, bounds.least(), bounds.most());
        if (!(share >= 0 && share <= 1)) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "check quantile: %s: a quantile lies between 0 and 1, not at %s"
                            .formatted(column, share));
        }
    }

    @Override
    public Tally begin(Scope scope) {
        return new Values(Numbers.position(scope.schema(), "quantile", column));
    }

    private String label() {
        return "quantile " + Figures.text(share) + ": " + column;
    }

    private final class Values implements Tally {
        private final int position;
        private final KeyCounts seen = new KeyCounts(label(), limits);
        private long values;
        private long notFinite;

        private Values(int position) {
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
            values++;
            seen.add(Key.of(((Number) value).doubleValue()));
        }

        @Override
        public void merge(Tally later) {
            Values other = (Values) later;
            values += other.values;
            notFinite += other.notFinite;
            seen.add(other.seen);
        }

        @Override
        public CheckResult result() {
            return Numbers.result(label(), bounds, found(), notFinite);
        }

        private @Nullable BigDecimal found() {
            long rank = Math.max(1, (long) Math.ceil(share * values));
            Iterator<KeyCounts.Counted> inOrder = seen.inOrder();
            long passed = 0;
            while (inOrder.hasNext()) {
                KeyCounts.Counted counted = inOrder.next();
                passed += counted.count();
                if (passed >= rank) {
                    return BigDecimal.valueOf(counted.key().number());
                }
            }
            return null;
        }

        @Override
        public void close() {
            seen.close();
        }
    }
}
