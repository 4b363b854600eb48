package dev.tidemark.data;

import dev.tidemark.Schema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** See {@link Check#allowed}. */
record Allowed(String column, List<Object> values) implements RowRule {
    Allowed {
        values = List.copyOf(values);
    }

    @Override
    public Tally begin(Scope scope) {
        Schema schema = scope.schema();
        Set<Object> known =
                values.stream()
                        .map(value -> ColumnTally.fit(schema, column, value))
                        .collect(Collectors.toSet());
        return new ColumnTally(
                schema,
                "allowed",
                column,
                "one of " + values,
                value -> value == null || known.contains(value));
    }
}
