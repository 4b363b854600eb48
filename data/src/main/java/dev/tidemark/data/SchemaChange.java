package dev.tidemark.data;

import dev.tidemark.ColumnType;

/** One thing that differs between the columns of two times. */
sealed interface SchemaChange {
    record Added(String column) implements SchemaChange {
        @Override
        public String toString() {
            return "added " + column;
        }
    }

    record Removed(String column) implements SchemaChange {
        @Override
        public String toString() {
            return "removed " + column;
        }
    }

    /** Nobody can know that one column is another under a new name. */
    record Renamed(String from, String to, String because) implements SchemaChange {
        @Override
        public String toString() {
            return "%s perhaps renamed to %s (a guess: %s)".formatted(from, to, because);
        }
    }

    record Retyped(String column, ColumnType from, ColumnType to) implements SchemaChange {
        @Override
        public String toString() {
            return "%s was %s, is %s".formatted(column, from, to);
        }
    }
}
