package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a target published, and what it rejected, as one.
 *
 * @param others whether rows were rejected that do not have these columns
 */
record Replay(
        Source<Rows> published, Source<Rows> rejected, Schema schema, Predicate<Boundary> others)
        implements Source<Rows> {
    @Override
    public String name() {
        return published.name() + ".replay";
    }

    @Override
    public Rows open(Boundary boundary) {
        if (others.test(boundary)) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    ("%s %s: rows were rejected that have other columns than %s; publishing without"
                                    + " them would lose them. Reject rows before they are mapped,"
                                    + " or read deadLetter(columns) of each shape")
                            .formatted(name(), boundary.partition().key(), schema.names()));
        }
        Rows first = published.open(boundary);
        try {
            Both both = new Both(first, rejected.open(boundary));
            return Rows.from(schema, both, both::close);
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** One after the other. Belongs to one thread. */
    private final class Both implements Iterator<Row> {
        private final Rows first;
        private final Rows second;
        private final Iterator<Row> published;
        private @Nullable Iterator<Row> mended;

        private Both(Rows first, Rows second) {
            this.first = first;
            this.second = second;
            this.published = first.iterator();
        }

        @Override
        public boolean hasNext() {
            return published.hasNext() || rejected().hasNext();
        }

        private Iterator<Row> rejected() {
            if (mended == null) {
                mended = second.iterator();
            }
            return mended;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return published.hasNext() ? published.next() : asPublished(rejected().next());
        }

        private Row asPublished(Row row) {
            @Nullable Object[] values = new @Nullable Object[schema.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.value(schema.columns().get(i).name());
            }
            return schema.row(values);
        }

        private void close() {
            try (first;
                    second) {
                mended = null;
            }
        }
    }
}
