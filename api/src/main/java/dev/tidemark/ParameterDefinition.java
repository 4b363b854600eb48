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

    /**
     * The text in its one canonical form, so that equal values are equal texts.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_PARAMETER} where it is not of the type
     */
    public String check(String text) {
        try {
            return switch (type) {
                case TEXT -> text;
                case INTEGER -> Long.toString(Long.parseLong(text.strip()));
                case DECIMAL -> new BigDecimal(text.strip()).toPlainString();
                case FLAG -> flag(text.strip());
                case DATE -> LocalDate.parse(text.strip()).toString();
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_PARAMETER,
                    "parameter " + name + ": '" + text + "' is not " + example(),
                    e);
        }
    }

    private static String flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new NumberFormatException(text);
        }
        return text;
    }

    private String example() {
        return switch (type) {
            case TEXT -> "a text";
            case INTEGER -> "a whole number such as 42";
            case DECIMAL -> "a number such as 0.25";
            case FLAG -> "true or false";
            case DATE -> "a date such as 2001-02-03";
        };
    }
}
