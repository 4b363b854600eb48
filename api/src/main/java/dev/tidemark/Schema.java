package dev.tidemark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of some rows, in order: {@code Schema.of().text("origin").integer("delay")}. */
public final class Schema {
    private final List<Column> columns;
    private final Map<String, Integer> positions;

    private Schema(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.positions = HashMap.newHashMap(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            if (positions.put(columns.get(i).name(), i) != null) {
                throw new TidemarkException(
                        ErrorCode.DUPLICATE_NAME,
                        "column '" + columns.get(i).name() + "' appears twice");
            }
        }
    }

    /** No column yet. */
    public static Schema of() {
        return new Schema(List.of());
    }

    public static Schema of(Collection<Column> columns) {
        return new Schema(List.copyOf(columns));
    }

    /** These columns and one more. */
    public Schema with(String name, ColumnType type) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(name, type));
        return new Schema(more);
    }

    public Schema bool(String name) {
        return with(name, ColumnType.BOOLEAN);
    }

    public Schema integer(String name) {
        return with(name, ColumnType.INTEGER);
    }

    public Schema floating(String name) {
        return with(name, ColumnType.FLOAT);
    }

    public Schema decimal(String name) {
        return with(name, ColumnType.DECIMAL);
    }

    public Schema text(String name) {
        return with(name, ColumnType.TEXT);
    }

    public Schema date(String name) {
        return with(name, ColumnType.DATE);
    }

    public Schema timestamp(String name) {
        return with(name, ColumnType.TIMESTAMP);
    }

    public Schema instant(String name) {
        return with(name, ColumnType.INSTANT);
    }

    public List<Column> columns() {
        return columns;
    }

    public int size() {
        return columns.size();
    }

    public boolean has(String name) {
        return positions.containsKey(name);
    }

    /**
     * The place of a column, from 0.
     *
     * @throws TidemarkException {@link ErrorCode#SCHEMA_CHANGED} where there is none of that name
     */
    public int position(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    "there is no column '" + name + "'; the columns are " + names());
        }
        return position;
    }

    public Column column(String name) {
        return columns.get(position(name));
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /**
     * A row with these values, one a column.
     *
     * @throws IllegalArgumentException where the number of values or a type does not fit
     */
    public Row row(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    values.length + " values for " + columns.size() + " columns " + names());
        }
        @Nullable Object[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = fit(columns.get(i), copy[i]);
        }
        return new Row(this, copy);
    }

    private static @Nullable Object fit(Column column, @Nullable Object value) {
        if (value == null || column.type().javaType().isInstance(value)) {
            return value;
        }
        if (value instanceof Number number) {
            if (column.type() == ColumnType.INTEGER
                    && (number instanceof Integer || number instanceof Short)) {
                return number.longValue();
            }
            if (column.type() == ColumnType.FLOAT) {
                return number.doubleValue();
            }
        }
        throw new IllegalArgumentException(
                "column '"
                        + column.name()
                        + "' holds "
                        + column.type()
                        + ", not "
                        + value.getClass().getSimpleName()
                        + " "
                        + value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schema schema && columns.equals(schema.columns);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(columns);
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
