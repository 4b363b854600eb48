package dev.tidemark.data;

import dev.tidemark.Row;
import java.util.Iterator;
import java.util.List;

/** See {@link Check#unique}. */
record Unique(List<String> columns, KeyCounts.Limits limits) implements RowRule {
    Unique {
        columns = List.copyOf(columns);
    }

    @Override
    public Tally begin(Scope scope) {
        return new Keys(new KeyOf(scope.schema(), columns));
    }

    private String label() {
        return "unique: " + String.join(", ", columns);
    }

    private final class Keys implements Tally {
        private final KeyOf keyOf;
        private final KeyCounts seen = new KeyCounts(label(), limits);

        private Keys(KeyOf keyOf) {
            this.keyOf = keyOf;
        }

        @Override
        public void see(Row row) {
            seen.add(keyOf.key(row));
        }

        @Override
        public void merge(Tally later) {
            seen.add(((Keys) later).seen);
        }

        /** The example is the lowest key, whatever the order of the rows was. */
        @Override
        public CheckResult result() {
            long repeats = 0;
            String example = "";
            Iterator<KeyCounts.Counted> keys = seen.inOrder();
            while (keys.hasNext()) {
                KeyCounts.Counted counted = keys.next();
                if (counted.count() > 1) {
                    example = repeats == 0 ? keyOf.text(counted.key()) : example;
                    repeats += counted.count() - 1;
                }
            }
            return CheckResult.of(
                    label(),
                    "no repeats",
                    repeats == 0 ? "none" : repeats + " repeats, such as " + example,
                    repeats == 0);
        }

        @Override
        public void close() {
            seen.close();
        }
    }
}
