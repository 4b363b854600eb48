package dev.tidemark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One row: values by column. Unchangeable; made by {@link Schema#row}. */
public final class Row {
    private final Schema schema;
    private final @Nullable Object[] values;

    /** Takes the array as it is: only {@link Schema} calls this, with an array of its own. */
    Row(Schema schema, @Nullable Object[] values) {
        this.schema = schema;
        this.values = values;
    }

    public Schema schema() {
        return schema;
    }

    /** The value at a place, from 0; null where there is none. */
    public @Nullable Object value(int position) {
        return values[position];
    }

    public @Nullable Object value(String column) {
        return values[schema.position(column)];
    }

    public boolean isNull(String column) {
        return value(column) == null;
    }

    public String text(String column) {
        return typed(column, String.class);
    }

    public long integer(String column) {
        return typed(column, Long.class);
    }

    public double floating(String column) {
        return typed(column, Double.class);
    }

    public BigDecimal decimal(String column) {
        return typed(column, BigDecimal.class);
    }

    public boolean bool(String column) {
        return typed(column, Boolean.class);
    }

    public LocalDate date(String column) {
        return typed(column, LocalDate.class);
    }

    public LocalDateTime timestamp(String column) {
        return typed(column, LocalDateTime.class);
    }

    public Instant instant(String column) {
        return typed(column, Instant.class);
    }

    /** This row with one value replaced. */
    public Row with(String column, @Nullable Object value) {
        @Nullable Object[] changed = values.clone();
        changed[schema.position(column)] = value;
        return schema.row(changed);
    }

    private <T> T typed(String column, Class<T> type) {
        Object value = value(column);
        if (value == null) {
            throw new IllegalArgumentException(
                    "column '" + column + "' is null in " + this + "; ask isNull first");
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "column '"
                            + column
                            + "' holds "
                            + schema.column(column).type()
                            + ", not "
                            + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** Equal values in equal columns; two nulls are equal here. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row
                && Arrays.equals(values, row.values)
                && schema.equals(row.schema);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(schema.columns().get(i).name())
                    .append('=')
                    .append(values[i]);
        }
        return text.append('}').toString();
    }
}
