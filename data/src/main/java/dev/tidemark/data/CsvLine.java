package dev.tidemark.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import dev.tidemark.Column;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of one CSV line after another: of the first the names of the columns, of the
 * others their values, by the schema's types. Columns may come in any order.
 *
 * <p>In a file with one column an empty line is a row without a value; in others it is nothing.
 */
final class CsvLine extends AbstractBaseCsvCallbackHandler<Row> {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String NO_TEXT = "";

    /** Finds the place of each field of a line in the schema. */
    private interface Columns {
        int[] positions(List<String> header);
    }

    private final Schema schema;
    private final String where;
    private final Columns columns;
    private final List<String> header = new ArrayList<>();
    private final @Nullable Object[] values;
    private boolean headerKnown;
    private boolean empty;

    /** For each field of a line, the place of its column in the schema. */
    private int[] positions = new int[0];

    CsvLine(Schema schema, String where) {
        this.schema = schema;
        this.where = where;
        this.columns = this::declared;
        this.values = new @Nullable Object[schema.size()];
    }

    private CsvLine(CsvHeader header, Schema schema) {
        this.schema = schema;
        this.where = header.file().toString();
        this.columns = found -> IntStream.range(0, found.size()).toArray();
        this.values = new @Nullable Object[schema.size()];
    }

    /** For a file whose columns are taken as they stand in its header. */
    static CsvLine of(CsvHeader header, Schema schema) {
        return new CsvLine(header, schema);
    }

    /** The line that was begun last, from 1. */
    long number() {
        return getStartingLineNumber();
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        empty = false;
        Arrays.fill(values, null);
    }

    @Override
    protected void handleEmpty() {
        empty = true;
    }

    @Override
    protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
        String text = length == 0 ? NO_TEXT : new String(buffer, offset, length);
        if (!headerKnown) {
            header.add(header.isEmpty() ? text.replace(BYTE_ORDER_MARK, "") : text);
        } else if (field < positions.length) {
            int position = positions[field];
            values[position] = value(schema.columns().get(position), text, quoted);
        }
    }

    private @Nullable Object value(Column column, String text, boolean quoted) {
        try {
            return ValueParser.parse(column.type(), text, quoted);
        } catch (RuntimeException e) {
            throw new TidemarkException(
                    ErrorCode.INPUT_UNREADABLE,
                    "%s, line %d, column '%s': '%s' is not a value of type %s"
                            .formatted(where, number(), column.name(), text, column.type()),
                    e);
        }
    }

    /** The row, or null for a line that holds none. */
    @Override
    protected @Nullable Row buildRecord() {
        if (!headerKnown) {
            if (!empty) {
                learnHeader();
            }
            return null;
        }
        if (empty) {
            return schema.size() == 1 ? schema.row(values) : null;
        }
        if (getFieldCount() != positions.length) {
            throw new TidemarkException(
                    ErrorCode.INPUT_UNREADABLE,
                    "%s, line %d has %d fields, but its header names %d"
                            .formatted(where, number(), getFieldCount(), positions.length));
        }
        return schema.row(values);
    }

    private void learnHeader() {
        positions = columns.positions(header);
        headerKnown = true;
    }

    private int[] declared(List<String> header) {
        List<SchemaChange> changes = SchemaDrift.between(schema.names(), header);
        if (!changes.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    ("%s: its header does not name the declared columns %s: %s. Declare them as"
                                    + " they come, or say contract(…) with what is to become of"
                                    + " them")
                            .formatted(where, schema.names(), SchemaDrift.text(changes)));
        }
        if (header.size() > schema.size()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    where + ": its header names a column twice: " + header);
        }
        return header.stream().mapToInt(schema::position).toArray();
    }

    /** Called at the end: a file of rows has a header even when it has no rows. */
    void requireHeader() {
        if (!headerKnown) {
            throw new TidemarkException(
                    ErrorCode.INPUT_UNREADABLE,
                    where + " is empty: not even a header. The file is truncated; get it again");
        }
    }
}
