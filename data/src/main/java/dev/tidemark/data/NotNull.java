package dev.tidemark.data;

import java.util.Objects;

/** See {@link Check#notNull}. */
record NotNull(String column) implements RowRule {
    @Override
    public Tally begin(Scope scope) {
        return new ColumnTally(scope.schema(), "not null", column, "a value", Objects::nonNull);
    }
}
