package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A check of one column, value by value: counts the bad ones and keeps the first as an example. */
final class ColumnTally implements RowRule.Tally {
    private final String name;
    private final String expected;
    private final int position;
    private final Predicate<@Nullable Object> good;
    private long bad;
    private @Nullable Object example;

    ColumnTally(
            Schema schema,
            String check,
            String column,
            String expected,
            Predicate<@Nullable Object> good) {
        this.name = check + ": " + column;
        this.expected = expected;
        this.position = schema.position(column);
        this.good = good;
    }

    @Override
    public void see(Row row) {
        Object value = row.value(position);
        if (!good.test(value)) {
            example = bad == 0 ? value : example;
            bad++;
        }
    }

    @Override
    public void merge(RowRule.Tally later) {
        ColumnTally other = (ColumnTally) later;
        example = bad == 0 ? other.example : example;
        bad += other.bad;
    }

    @Override
    public CheckResult result() {
        String found = bad == 0 ? "all rows" : bad + " other rows, such as " + example;
        return CheckResult.of(name, expected, found, bad == 0);
    }

    /** A bound as values of the column are: authors write {@code 0} for a column of longs. */
    static Object fit(Schema schema, String column, Object value) {
        Object fitted = Schema.of().with(column, schema.column(column).type()).row(value).value(0);
        return Objects.requireNonNull(fitted);
    }
}
