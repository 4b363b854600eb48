package dev.tidemark.data;

import com.google.re2j.Pattern;

/** See {@link Check#matches}. Matching takes time in proportion to the text, whatever it says. */
record Matches(String column, Pattern pattern) implements RowRule {
    @Override
    public Tally begin(Scope scope) {
        return new ColumnTally(
                scope.schema(),
                "matches",
                column,
                pattern.pattern(),
                value -> value == null || pattern.matches(ValueText.of(value)));
    }
}
