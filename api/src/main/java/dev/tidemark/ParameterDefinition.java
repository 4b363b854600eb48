package dev.tidemark;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A parameter as plain data.
 *
 * @param defaultText the default as text; empty where every run must say
 */
public record ParameterDefinition(String name, Type type, Optional<String> defaultText) {
    /** What a parameter's text must look like. */
    public enum Type {
        TEXT,
        INTEGER,
        DECIMAL,
        FLAG,
        DATE
    }

    /** The most digits of a number when it is written out. */
    private static final int MAX_DIGITS = 1_000;

    /** A default is kept in canonical form, too, so that giving it says nothing new. */
    public ParameterDefinition {
        defaultText = defaultText.map(text -> canonical(name, type, text));
    }

    /**
     * The text in its one canonical form, so that equal values are equal texts.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_PARAMETER} where it is not of the type
     */
    public String check(String text) {
        return canonical(name, type, text);
    }

    private static String canonical(String name, Type type, String text) {
        try {
            return switch (type) {
                case TEXT -> text;
                case INTEGER -> Long.toString(Long.parseLong(text.strip()));
                case DECIMAL -> decimal(text.strip());
                case FLAG -> flag(text.strip());
                case DATE -> LocalDate.parse(text.strip()).toString();
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_PARAMETER,
                    "parameter " + name + ": '" + text + "' is not " + example(type),
                    e);
        }
    }

    private static String decimal(String text) {
        BigDecimal plain = new BigDecimal(text).stripTrailingZeros();
        if (plain.precision() > MAX_DIGITS || Math.abs((long) plain.scale()) > MAX_DIGITS) {
            throw new NumberFormatException("more than " + MAX_DIGITS + " digits");
        }
        return plain.toPlainString();
    }

    private static String flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new NumberFormatException(text);
        }
        return text;
    }

    private static String example(Type type) {
        return switch (type) {
            case TEXT -> "a text";
            case INTEGER -> "a whole number such as 42";
            case DECIMAL -> "a number such as 0.25";
            case FLAG -> "true or false";
            case DATE -> "a date such as 2001-02-03";
        };
    }
}
