package dev.tidemark.data;

import dev.tidemark.ColumnType;

/** See {@link Check#type}. */
record OfType(String column, ColumnType type) implements RowRule {
    @Override
    public Tally begin(Scope scope) {
        ColumnType given = scope.schema().column(column).type();
        return new ColumnTally(
                scope.schema(),
                "type",
                column,
                type.toString(),
                value ->
                        value == null
                                || given == type
                                || (value instanceof String text && reads(text)));
    }

    private boolean reads(String text) {
        try {
            var _ = ValueParser.parse(type, text, false);
            return true;
        } catch (RuntimeException _) {
            // The parsers of the types say no in their own ways.
            return false;
        }
    }
}
