package dev.tidemark.data;

import dev.tidemark.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Values from the text of a field. */
final class ValueParser {
    /** {@code 2001-02-03T04:05:06}, the form that most timestamps have. */
    private static final int PLAIN_TIMESTAMP_LENGTH = 19;

    private ValueParser() {}

    /**
     * Nothing between two commas is null; between quotes it is an empty text, and null for all that
     * is no text.
     *
     * @throws RuntimeException of the type's own parser where the text is no such value
     */
    static @Nullable Object parse(ColumnType type, String text, boolean quoted) {
        if (text.isEmpty()) {
            return quoted && type == ColumnType.TEXT ? text : null;
        }
        return switch (type) {
            case BOOLEAN -> bool(text);
            case INTEGER -> Long.valueOf(text);
            case FLOAT -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case TEXT -> text;
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> timestamp(text);
            case INSTANT -> Instant.parse(text);
        };
    }

    private static boolean bool(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException("neither true nor false");
    }

    /** Date and time apart by a T or a blank. The usual form is read without a formatter. */
    private static LocalDateTime timestamp(String text) {
        if (text.length() != PLAIN_TIMESTAMP_LENGTH
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || (text.charAt(10) != 'T' && text.charAt(10) != ' ')) {
            return LocalDateTime.parse(text.replace(' ', 'T'));
        }
        return LocalDateTime.of(
                digits(text, 0, 4),
                digits(text, 5, 7),
                digits(text, 8, 10),
                digits(text, 11, 13),
                digits(text, 14, 16),
                digits(text, 17, 19));
    }

    private static int digits(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("not a digit: " + text.charAt(i));
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
