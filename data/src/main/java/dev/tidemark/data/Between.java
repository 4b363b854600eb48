package dev.tidemark.data;

import dev.tidemark.Schema;

/** See {@link Check#between}. */
record Between(String column, Object least, Object most) implements RowRule {
    @Override
    public Tally begin(Scope scope) {
        Schema schema = scope.schema();
        Object low = ColumnTally.fit(schema, column, least);
        Object high = ColumnTally.fit(schema, column, most);
        return new ColumnTally(
                schema,
                "between",
                column,
                least + " to " + most,
                value -> value == null || (compare(value, low) >= 0 && compare(value, high) <= 0));
    }

    /** Both are of the column's one Java type, which has an order. */
    @SuppressWarnings("unchecked")
    private static int compare(Object value, Object bound) {
        return ((Comparable<Object>) value).compareTo(bound);
    }
}
