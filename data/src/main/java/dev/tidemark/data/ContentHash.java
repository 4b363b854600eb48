package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A hash of rows that does not depend on their order, nor on that of their columns: the sum, modulo
 * 2<sup>128</sup>, of a hash of each row. A row that occurs twice counts twice. Two targets that
 * hold the same rows have the same hash, whatever their formats. It finds accidents; it is no
 * signature.
 *
 * <p>{@code docs/content-hash.md} gives the form, precisely enough to compute it elsewhere.
 *
 * <p>Belongs to one thread.
 */
public final class ContentHash {
    private static final int DIGEST_BYTES = 32;

    private final MessageDigest sha256 = Sha256.start();
    private final byte[] digest = new byte[DIGEST_BYTES];
    private final RowBytes bytes = new RowBytes();
    private long high;
    private long low;
    private @Nullable Layout layout;

    /** The columns of a schema in the order of their names, which come encoded. */
    private static final class Layout {
        private final Schema schema;
        private final int[] positions;
        private final byte[][] names;

        private Layout(Schema schema) {
            List<Column> columns = schema.columns();
            this.schema = schema;
            this.positions =
                    IntStream.range(0, columns.size())
                            .boxed()
                            .sorted(Comparator.comparing(i -> columns.get(i).name()))
                            .mapToInt(Integer::intValue)
                            .toArray();
            this.names = new byte[positions.length][];
            for (int i = 0; i < names.length; i++) {
                names[i] = RowBytes.text(columns.get(positions[i]).name());
            }
        }
    }

    /** Adds one row. */
    public void add(Row row) {
        Layout known = layoutOf(row.schema());
        bytes.clear();
        for (int i = 0; i < known.positions.length; i++) {
            int position = known.positions[i];
            ColumnType type = row.schema().columns().get(position).type();
            bytes.put(known.names[i]);
            bytes.put(type, row.value(position));
        }
        addHashOf(bytes);
    }

    /** Adds all rows of another hash. */
    public void add(ContentHash other) {
        add(other.high, other.low);
    }

    /** 32 hex digits; all zero for no rows. */
    public String hex() {
        HexFormat form = HexFormat.of();
        return form.toHexDigits(high) + form.toHexDigits(low);
    }

    /** Rows in a stream share one schema object, so that identity is enough, and quick. */
    @SuppressWarnings("ReferenceEquality")
    private Layout layoutOf(Schema schema) {
        Layout known = layout;
        if (known == null || known.schema != schema) {
            known = new Layout(schema);
            layout = known;
        }
        return known;
    }

    private void addHashOf(RowBytes row) {
        row.updateInto(sha256);
        try {
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 did not fit into " + DIGEST_BYTES, e);
        }
        ByteBuffer first = ByteBuffer.wrap(digest);
        add(first.getLong(), first.getLong());
    }

    private void add(long addedHigh, long addedLow) {
        low += addedLow;
        long carry = Long.compareUnsigned(low, addedLow) < 0 ? 1 : 0;
        high += addedHigh + carry;
    }

    @Override
    public String toString() {
        return hex();
    }
}
