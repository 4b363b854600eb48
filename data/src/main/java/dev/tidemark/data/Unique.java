package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** See {@link Check#unique}. */
record Unique(List<String> columns) implements Check {
    Unique {
        columns = List.copyOf(columns);
    }

    @Override
    public Tally begin(Schema schema) {
        int[] positions = columns.stream().mapToInt(schema::position).toArray();
        return new Tally() {
            private final Set<List<@Nullable Object>> seen = new HashSet<>();
            private long repeats;
            private @Nullable List<@Nullable Object> example;

            @Override
            public void see(Row row) {
                List<@Nullable Object> key = new ArrayList<>(positions.length);
                for (int position : positions) {
                    key.add(row.value(position));
                }
                if (!seen.add(key)) {
                    repeats++;
                    example = example == null ? key : example;
                }
            }

            @Override
            public CheckResult result() {
                return new CheckResult(
                        "unique: " + String.join(", ", columns),
                        "no repeats",
                        repeats == 0 ? "none" : repeats + " repeats, such as " + example,
                        repeats == 0);
            }
        };
    }
}
