package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Key} of a row, of the values in some of its columns, and text of it again. */
final class KeyOf {
    private final List<Column> columns;
    private final int[] positions;
    private final RowBytes bytes = new RowBytes();

    KeyOf(Schema schema, List<String> names) {
        this.columns = names.stream().map(schema::column).toList();
        this.positions = names.stream().mapToInt(schema::position).toArray();
    }

    Key key(Row row) {
        bytes.clear();
        for (int i = 0; i < positions.length; i++) {
            bytes.put(columns.get(i).type(), row.value(positions[i]));
        }
        return new Key(bytes.toArray());
    }

    /** The values as people read them: {@code [DEN, 2001-02-03]}. */
    String text(Key key) {
        ByteBuffer rest = ByteBuffer.wrap(key.bytes());
        List<@Nullable String> values = new ArrayList<>();
        for (Column column : columns) {
            values.add(rest.get() == RowBytes.NO_VALUE ? null : value(column.type(), rest));
        }
        return values.toString();
    }

    private static String value(ColumnType type, ByteBuffer rest) {
        byte[] value = new byte[rest.getInt()];
        rest.get(value);
        return type == ColumnType.FLOAT
                ? Double.toString(ByteBuffer.wrap(value).getDouble())
                : new String(value, StandardCharsets.UTF_8);
    }
}
