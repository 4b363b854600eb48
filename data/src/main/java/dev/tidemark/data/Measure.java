package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What is counted and summed of rows to compare them with others: {@code
 * Measure.rows("flights").sum("minutes", "delay")}. Two sides are comparable when their amounts
 * have the same names, whatever their columns are called.
 */
public final class Measure {
    /** The column to sum up; empty where rows are counted. */
    private final SequencedMap<String, Optional<String>> amounts;

    private Measure(SequencedMap<String, Optional<String>> amounts) {
        this.amounts = Collections.unmodifiableSequencedMap(amounts);
    }

    private static Measure none() {
        return new Measure(new LinkedHashMap<>());
    }

    /** The number of rows, under this name. */
    public static Measure rows(String amount) {
        return none().and(amount, Optional.empty());
    }

    /** The sum of a column of numbers, under this name. Nulls count as nothing. */
    public static Measure sumOf(String amount, String column) {
        return none().and(amount, Optional.of(column));
    }

    /** And the sum of a column of numbers, under this name. Nulls count as nothing. */
    public Measure sum(String amount, String column) {
        return and(amount, Optional.of(column));
    }

    private Measure and(String amount, Optional<String> column) {
        SequencedMap<String, Optional<String>> more = new LinkedHashMap<>(amounts);
        if (more.putIfAbsent(amount, column) != null) {
            throw new TidemarkException(
                    ErrorCode.DUPLICATE_NAME, "amount '" + amount + "' is measured twice");
        }
        return new Measure(more);
    }

    /**
     * Reads the rows to their end, in bounded memory, and closes them. Sums are exact.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_DEFINITION} where a column holds no
     *     numbers, {@link ErrorCode#NOT_RECONCILED} where a value is not finite
     */
    public Totals of(Rows rows) {
        try (rows) {
            Schema schema = rows.schema();
            columns().forEach(column -> Numbers.position(schema, "sum", column));
            SequencedMap<String, BigDecimal> totals = new LinkedHashMap<>();
            amounts.keySet().forEach(amount -> totals.put(amount, BigDecimal.ZERO));
            for (Row row : rows) {
                add(row, totals);
            }
            return new Totals(totals);
        }
    }

    private Stream<String> columns() {
        return amounts.values().stream().flatMap(Optional::stream);
    }

    private void add(Row row, Map<String, BigDecimal> totals) {
        amounts.forEach(
                (amount, column) -> {
                    BigDecimal more = column.isEmpty() ? BigDecimal.ONE : number(row, column.get());
                    totals.merge(amount, more, BigDecimal::add);
                });
    }

    private static BigDecimal number(Row row, String column) {
        Object value = row.value(column);
        if (value == null) {
            return BigDecimal.ZERO;
        }
        if (!Numbers.isFinite(value)) {
            throw new TidemarkException(
                    ErrorCode.NOT_RECONCILED,
                    "column '%s' cannot be summed up: it holds %s, in %s; reject such rows"
                            .formatted(column, value, row));
        }
        return Numbers.exact(value);
    }
}
