package dev.tidemark.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The one text of each value, the same wherever the value came from. Times have seconds always and
 * no more digits of a fraction than they need.
 */
final class ValueText {
    private static final int NANO_DIGITS = 9;

    private ValueText() {}

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    static void append(StringBuilder text, Object value) {
        switch (value) {
            case String string -> text.append(string);
            case Long number -> text.append(number.longValue());
            case Double number -> text.append(plain(number));
            case Boolean bool -> text.append(bool.booleanValue());
            case BigDecimal decimal -> text.append(decimal.stripTrailingZeros().toPlainString());
            case LocalDate date -> appendDate(text, date);
            case LocalDateTime timestamp -> appendTimestamp(text, timestamp);
            case Instant instant -> {
                appendTimestamp(text, instant.atOffset(ZoneOffset.UTC).toLocalDateTime());
                text.append('Z');
            }
            default ->
                    throw new IllegalArgumentException(
                            "a row cannot hold a " + value.getClass().getName());
        }
    }

    /** One zero and one NaN: -0.0 equals 0.0 for everyone but its bits. */
    static double plain(double number) {
        if (Double.isNaN(number)) {
            return Double.NaN;
        }
        return number == 0 ? 0.0 : number;
    }

    private static void appendTimestamp(StringBuilder text, LocalDateTime timestamp) {
        appendDate(text, timestamp.toLocalDate());
        appendTwo(text.append('T'), timestamp.getHour());
        appendTwo(text.append(':'), timestamp.getMinute());
        appendSecond(text.append(':'), timestamp.getSecond(), timestamp.getNano());
    }

    private static void appendSecond(StringBuilder text, int second, int nanos) {
        appendTwo(text, second);
        if (nanos != 0) {
            appendFraction(text.append('.'), nanos);
        }
    }

    private static void appendDate(StringBuilder text, LocalDate date) {
        if (date.getYear() < 1000 || date.getYear() > 9999) {
            text.append(date);
            return;
        }
        text.append(date.getYear());
        appendTwo(text.append('-'), date.getMonthValue());
        appendTwo(text.append('-'), date.getDayOfMonth());
    }

    private static void appendTwo(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void appendFraction(StringBuilder text, int nanos) {
        int end = text.length() + NANO_DIGITS;
        int rest = nanos;
        text.append("000000000");
        for (int at = end - 1; rest > 0; at--) {
            text.setCharAt(at, (char) ('0' + rest % 10));
            rest /= 10;
        }
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        text.setLength(end);
    }
}
