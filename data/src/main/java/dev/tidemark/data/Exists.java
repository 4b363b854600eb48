package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.util.Iterator;
import java.util.List;

/**
 * See {@link Check#exists}. The values of both sides are sorted and compared, so that neither has
 * to fit into memory.
 */
record Exists(String column, Source<Rows> source, String sourceColumn, KeyCounts.Limits limits)
        implements RowRule {
    @Override
    public Tally begin(Scope scope) {
        return new Values(scope);
    }

    private String label() {
        return "exists: " + column;
    }

    private final class Values implements Tally {
        private final Scope scope;
        private final int position;
        private final KeyOf keyOf;
        private final KeyCounts seen = new KeyCounts(label(), limits);

        private Values(Scope scope) {
            this.scope = scope;
            this.position = scope.schema().position(column);
            this.keyOf = new KeyOf(scope.schema(), List.of(column));
        }

        @Override
        public void see(Row row) {
            if (row.value(position) != null) {
                seen.add(keyOf.key(row));
            }
        }

        @Override
        public void merge(Tally later) {
            seen.add(((Values) later).seen);
        }

        @Override
        public CheckResult result() {
            try (KeyCounts known = known()) {
                return compare(known);
            }
        }

        private KeyCounts known() {
            KeyCounts known = new KeyCounts(label(), limits);
            try (Rows rows = source.open(new ReferenceBoundary(scope.boundary()))) {
                verifyType(rows.schema());
                KeyOf knownKey = new KeyOf(rows.schema(), List.of(sourceColumn));
                for (Row row : rows) {
                    known.add(knownKey.key(row));
                }
                return known;
            } catch (RuntimeException e) {
                known.close();
                throw e;
            }
        }

        private void verifyType(Schema reference) {
            ColumnType here = scope.schema().column(column).type();
            ColumnType there = reference.column(sourceColumn).type();
            if (here != there) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        ("check exists: '%s' is %s, and '%s' of %s is %s, so no value could"
                                        + " exist there; cast one of them")
                                .formatted(column, here, sourceColumn, source.name(), there));
            }
        }

        private CheckResult compare(KeyCounts known) {
            Iterator<KeyCounts.Counted> theirs = known.inOrder();
            Iterator<KeyCounts.Counted> ours = seen.inOrder();
            KeyCounts.Counted next = theirs.hasNext() ? theirs.next() : null;
            long missing = 0;
            String example = "";
            while (ours.hasNext()) {
                KeyCounts.Counted value = ours.next();
                while (next != null && next.key().compareTo(value.key()) < 0) {
                    next = theirs.hasNext() ? theirs.next() : null;
                }
                if (next == null || !next.key().equals(value.key())) {
                    example = missing == 0 ? keyOf.text(value.key()) : example;
                    missing += value.count();
                }
            }
            return CheckResult.of(
                    label(),
                    "a value of %s in %s".formatted(sourceColumn, source.name()),
                    missing == 0 ? "all rows" : missing + " other rows, such as " + example,
                    missing == 0);
        }

        @Override
        public void close() {
            seen.close();
        }
    }
}
