package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * Counts the rows of a source, and tells the number once: when the last one was read, or when the
 * reader stops before. A source that failed is not told of.
 *
 * <p>Belongs to one thread.
 */
final class ConsumedRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final LongConsumer consumed;
    private long count;
    private boolean failed;
    private boolean told;

    /**
     * @param consumed takes the number of rows read
     */
    ConsumedRows(Iterator<Row> rows, LongConsumer consumed) {
        this.rows = rows;
        this.consumed = consumed;
    }

    Rows as(Schema schema, Runnable close) {
        return Rows.from(
                schema,
                this,
                () -> {
                    try {
                        tell();
                    } finally {
                        close.run();
                    }
                });
    }

    @Override
    public boolean hasNext() {
        failed = true;
        boolean more = rows.hasNext();
        failed = false;
        if (!more) {
            tell();
        }
        return more;
    }

    @Override
    public Row next() {
        failed = true;
        Row row = rows.next();
        failed = false;
        count++;
        return row;
    }

    private void tell() {
        if (!told && !failed) {
            told = true;
            consumed.accept(count);
        }
    }
}
