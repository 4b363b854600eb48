package dev.tidemark;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that a run may be given: a name, a type, and a default where it need not be given.
 *
 * @param <T> the type that {@link TaskContext#parameter} returns
 */
public final class Parameter<T> {
    private final ParameterDefinition definition;
    private final Function<String, T> reader;

    private Parameter(
            String name,
            ParameterDefinition.Type type,
            @Nullable String defaultText,
            Function<String, T> reader) {
        this.definition =
                Place.named(
                        () ->
                                new ParameterDefinition(
                                        Names.check("parameter", name),
                                        type,
                                        Optional.ofNullable(defaultText)));
        this.reader = reader;
    }

    public static Parameter<String> text(String name, String defaultValue) {
        return new Parameter<>(name, ParameterDefinition.Type.TEXT, defaultValue, text -> text);
    }

    /** A text that every run must be given. */
    public static Parameter<String> text(String name) {
        return new Parameter<>(name, ParameterDefinition.Type.TEXT, null, text -> text);
    }

    public static Parameter<Long> integer(String name, long defaultValue) {
        return new Parameter<>(
                name,
                ParameterDefinition.Type.INTEGER,
                Long.toString(defaultValue),
                Long::parseLong);
    }

    public static Parameter<Long> integer(String name) {
        return new Parameter<>(name, ParameterDefinition.Type.INTEGER, null, Long::parseLong);
    }

    public static Parameter<BigDecimal> decimal(String name, String defaultValue) {
        return new Parameter<>(
                name, ParameterDefinition.Type.DECIMAL, defaultValue, BigDecimal::new);
    }

    public static Parameter<Boolean> flag(String name, boolean defaultValue) {
        return new Parameter<>(
                name,
                ParameterDefinition.Type.FLAG,
                Boolean.toString(defaultValue),
                Boolean::parseBoolean);
    }

    public static Parameter<LocalDate> date(String name) {
        return new Parameter<>(name, ParameterDefinition.Type.DATE, null, LocalDate::parse);
    }

    public String name() {
        return definition.name();
    }

    public ParameterDefinition definition() {
        return definition;
    }

    /** The value that a text stands for. The text has passed {@link ParameterDefinition#check}. */
    public T read(String text) {
        return reader.apply(text);
    }
}
