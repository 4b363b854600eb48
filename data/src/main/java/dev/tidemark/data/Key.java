package dev.tidemark.data;

import java.util.Arrays;

/** Some values as bytes, which are equal where the values are; ordered as unsigned bytes are. */
final class Key implements Comparable<Key> {
    private final byte[] bytes;
    private final int hash;

    /** Takes the array as it is. */
    Key(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** Ordered as the number is. */
    static Key of(double number) {
        long bits = Double.doubleToLongBits(ValueText.plain(number));
        long ordered = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (ordered >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        return new Key(bytes);
    }

    /** The number that this was made of. */
    double number() {
        long ordered = 0;
        for (byte part : bytes) {
            ordered = (ordered << Byte.SIZE) | (part & 0xff);
        }
        return Double.longBitsToDouble(ordered < 0 ? ordered ^ Long.MIN_VALUE : ~ordered);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
