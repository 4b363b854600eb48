package dev.tidemark.store;

import dev.tidemark.Interval;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/**
 * Writes JSON as it is kept. Only Jackson's streaming core is used: its data binding would cost
 * more time at start than the whole rest of a store.
 */
final class Json {
    /**
     * From here on, characters are escaped. A text that was cut in the middle of a character leaves
     * half of it, a lone surrogate, which UTF-8 cannot hold but an escape can.
     */
    private static final int LAST_BEFORE_SURROGATES = 0xD7FF;

    static final JsonFactory FACTORY =
            new JsonFactoryBuilder().highestNonEscapedChar(LAST_BEFORE_SURROGATES).build();

    private static final String NO_PARAMETERS = "{}";

    private Json() {}

    /** An object with the fields that are written into it. */
    static String object(Consumer<JsonGenerator> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = generator(text)) {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** An array of texts. */
    static String texts(Collection<String> texts) {
        StringWriter array = new StringWriter();
        try (JsonGenerator json = generator(array)) {
            json.writeStartArray();
            texts.forEach(json::writeString);
            json.writeEndArray();
        }
        return array.toString();
    }

    static JsonGenerator generator(StringWriter text) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), text);
    }

    static void object(JsonGenerator json, String name, Runnable fields) {
        json.writeName(name);
        json.writeStartObject();
        fields.run();
        json.writeEndObject();
    }

    static <T> void objects(JsonGenerator json, String name, List<T> items, Consumer<T> fields) {
        json.writeName(name);
        json.writeStartArray();
        for (T item : items) {
            json.writeStartObject();
            fields.accept(item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void texts(JsonGenerator json, String name, List<String> texts) {
        json.writeName(name);
        json.writeStartArray();
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    /** Writes nothing where there is nothing. */
    static void optional(JsonGenerator json, String name, Optional<?> value) {
        value.ifPresent(present -> json.writeStringProperty(name, present.toString()));
    }

    static void interval(JsonGenerator json, Interval interval) {
        json.writeStringProperty("start", interval.start().toString());
        json.writeStringProperty("end", interval.end().toString());
    }

    static void parameters(JsonGenerator json, Map<String, String> parameters) {
        object(
                json,
                "parameters",
                () -> new TreeMap<>(parameters).forEach(json::writeStringProperty));
    }

    /** Parameters in canonical form: equal parameters are equal texts. */
    static String parameters(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? NO_PARAMETERS
                : object(json -> new TreeMap<>(parameters).forEach(json::writeStringProperty));
    }

    /** Reads {@link #parameters(Map)} back. Most runs have none. */
    static Map<String, String> parameters(String text) {
        return text.equals(NO_PARAMETERS) ? Map.of() : JsonObject.parse(text).allTexts();
    }
}
