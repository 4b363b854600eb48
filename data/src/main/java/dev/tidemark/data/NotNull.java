package dev.tidemark.data;

import dev.tidemark.Schema;
import java.util.Objects;

/** See {@link Check#notNull}. */
record NotNull(String column) implements Check {
    @Override
    public Tally begin(Schema schema) {
        return new ColumnTally(schema, "not null", column, "a value", Objects::nonNull);
    }
}
