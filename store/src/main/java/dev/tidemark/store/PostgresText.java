package dev.tidemark.store;

/**
 * Texts that anybody may write, in columns of PostgreSQL: those cannot hold the character null, nor
 * half of a character that was cut. A backslash begins what stands for them, so a backslash is
 * written twice.
 */
final class PostgresText {
    private static final char ESCAPE = '\\';
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private PostgresText() {}

    static String encode(String text) {
        int first = 0;
        while (first < text.length() && isPlain(text, first)) {
            first++;
        }
        return first == text.length() ? text : encode(text, first);
    }

    private static String encode(String text, int from) {
        StringBuilder encoded = new StringBuilder(text.length() + HEX).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(text, i)) {
                encoded.append(c);
            } else if (c == ESCAPE) {
                encoded.append(ESCAPE).append(ESCAPE);
            } else if (c == 0) {
                encoded.append(ESCAPE).append('0');
            } else {
                encoded.append(ESCAPE).append('u').append(Integer.toHexString(c));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(String text, int place) {
        char c = text.charAt(place);
        if (Character.isHighSurrogate(c)) {
            return place + 1 < text.length() && Character.isLowSurrogate(text.charAt(place + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return place > 0 && Character.isHighSurrogate(text.charAt(place - 1));
        }
        return c != 0 && c != ESCAPE;
    }

    static String decode(String text) {
        int first = text.indexOf(ESCAPE);
        if (first < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, first);
        int i = first;
        while (i < text.length()) {
            char c = text.charAt(i);
            i++;
            if (c != ESCAPE) {
                decoded.append(c);
                continue;
            }
            char what = text.charAt(i);
            i++;
            if (what == 'u') {
                decoded.append((char) Integer.parseInt(text, i, i + HEX_DIGITS, HEX));
                i += HEX_DIGITS;
            } else {
                decoded.append(what == '0' ? '\0' : what);
            }
        }
        return decoded.toString();
    }
}
