package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** See {@link Check#newestWithin}. */
record Newest(String column, Duration age) implements RowRule {
    @Override
    public Tally begin(Scope scope) {
        ColumnType type = scope.schema().column(column).type();
        switch (type) {
            case DATE, TIMESTAMP, INSTANT -> {}
            case BOOLEAN, INTEGER, FLOAT, DECIMAL, TEXT ->
                    throw new TidemarkException(
                            ErrorCode.INVALID_DEFINITION,
                            ("check newest: column '%s' is of type %s; take one of type DATE,"
                                            + " TIMESTAMP or INSTANT")
                                    .formatted(column, type));
        }
        return new Latest(scope, scope.schema().position(column));
    }

    private final class Latest implements Tally {
        private final Scope scope;
        private final int position;
        private @Nullable Instant newest;

        private Latest(Scope scope, int position) {
            this.scope = scope;
            this.position = position;
        }

        @Override
        public void see(Row row) {
            Object value = row.value(position);
            if (value != null) {
                take(instant(value, scope.boundary().partition().zone()));
            }
        }

        private void take(Instant seen) {
            newest = newest == null || seen.isAfter(newest) ? seen : newest;
        }

        @Override
        public void merge(Tally later) {
            Instant other = ((Latest) later).newest;
            if (other != null) {
                take(other);
            }
        }

        @Override
        public CheckResult result() {
            Instant end = scope.boundary().partition().interval().end();
            Instant least = end.minus(age);
            return CheckResult.of(
                    "newest: " + column,
                    "%s or later, %s before the end of the interval".formatted(least, age),
                    newest == null ? "no value" : newest.toString(),
                    newest != null && !newest.isBefore(least));
        }
    }

    /** A date reaches to the end of its day. */
    private static Instant instant(Object value, ZoneId zone) {
        return switch (value) {
            case LocalDate date -> date.plusDays(1).atStartOfDay(zone).toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            case Instant instant -> instant;
            default -> throw new IllegalStateException("not a time: " + value);
        };
    }
}
