package dev.tidemark.data;

import dev.tidemark.ColumnType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a row from which its {@link ContentHash} is taken. One buffer, used again for each
 * row.
 */
final class RowBytes {
    private static final int FIRST_CAPACITY_BYTES = 256;
    private static final int LENGTH_BYTES = Integer.BYTES;

    /** Stands in the place of the type's tag. */
    static final byte NO_VALUE = 'n';

    private byte[] buffer = new byte[FIRST_CAPACITY_BYTES];
    private int size;
    private final StringBuilder text = new StringBuilder();

    /** A text with its length before it. */
    static byte[] text(String text) {
        RowBytes bytes = new RowBytes();
        bytes.putText(text);
        return bytes.toArray();
    }

    byte[] toArray() {
        return Arrays.copyOf(buffer, size);
    }

    void clear() {
        size = 0;
    }

    void updateInto(MessageDigest digest) {
        digest.update(buffer, 0, size);
    }

    void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    /**
     * A tag for the type, then the value's text with its length; for null a tag of its own only.
     */
    void put(ColumnType type, @Nullable Object value) {
        reserve(1);
        if (value == null) {
            buffer[size++] = NO_VALUE;
            return;
        }
        buffer[size++] = tag(type);
        switch (value) {
            case String string -> putText(string);
            case Double number -> putBits(number);
            default -> {
                text.setLength(0);
                ValueText.append(text, value);
                putText(text);
            }
        }
    }

    private static byte tag(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> 'b';
            case INTEGER -> 'i';
            case FLOAT -> 'f';
            case DECIMAL -> 'd';
            case TEXT -> 't';
            case DATE -> 'y';
            case TIMESTAMP -> 'l';
            case INSTANT -> 'z';
        };
    }

    /** Floats by their bits: languages disagree on the shortest digits, never on IEEE 754. */
    private void putBits(double number) {
        reserve(LENGTH_BYTES + Long.BYTES);
        putLength(Long.BYTES);
        long bits = Double.doubleToLongBits(ValueText.plain(number));
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[size++] = (byte) (bits >>> shift);
        }
    }

    /** Copies ASCII as it stands; anything else takes the slower way. */
    private void putText(CharSequence characters) {
        int length = characters.length();
        reserve(LENGTH_BYTES + length);
        int start = size + LENGTH_BYTES;
        for (int i = 0; i < length; i++) {
            char character = characters.charAt(i);
            if (character > 0x7f) {
                putUtf8(characters.toString());
                return;
            }
            buffer[start + i] = (byte) character;
        }
        putLength(length);
        size += length;
    }

    private void putUtf8(String characters) {
        byte[] utf8 = characters.getBytes(StandardCharsets.UTF_8);
        reserve(LENGTH_BYTES + utf8.length);
        putLength(utf8.length);
        put(utf8);
    }

    private void putLength(int length) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[size++] = (byte) (length >>> shift);
        }
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(size + more, 2 * buffer.length));
        }
    }
}
