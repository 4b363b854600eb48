package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** A JSON object that was read. Fields that nobody asks for may be there: newer ones. */
record JsonObject(Map<String, @Nullable Object> fields) {
    static JsonObject parse(String text) {
        try (JsonParser json = Json.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                return object(json);
            }
            throw unreadable("not an object: " + text, null);
        } catch (JacksonException e) {
            throw unreadable(e.getOriginalMessage(), e);
        }
    }

    private static JsonObject object(JsonParser json) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            fields.put(name, value(json, json.nextToken()));
        }
        return new JsonObject(fields);
    }

    private static @Nullable Object value(JsonParser json, JsonToken first) {
        return switch (first) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw unreadable("unexpected " + first, null);
        };
    }

    private static List<@Nullable Object> array(JsonParser json) {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            items.add(value(json, token));
        }
        return items;
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    String text(String name) {
        return cast(name, fields.get(name), String.class);
    }

    long number(String name) {
        return cast(name, fields.get(name), Long.class);
    }

    int integer(String name) {
        return Math.toIntExact(number(name));
    }

    /** A number that may have been written without a fraction. */
    double fraction(String name) {
        return cast(name, fields.get(name), Number.class).doubleValue();
    }

    boolean flag(String name) {
        return cast(name, fields.get(name), Boolean.class);
    }

    JsonObject object(String name) {
        return cast(name, fields.get(name), JsonObject.class);
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Enum.valueOf(type, text(name));
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
    }

    <T> Optional<T> optional(String name, Function<String, T> read) {
        return fields.get(name) == null ? Optional.empty() : Optional.of(read.apply(text(name)));
    }

    List<String> texts(String name) {
        return list(name).stream().map(item -> cast(name, item, String.class)).toList();
    }

    List<JsonObject> objects(String name) {
        return list(name).stream().map(item -> cast(name, item, JsonObject.class)).toList();
    }

    private List<?> list(String name) {
        return cast(name, fields.get(name), List.class);
    }

    Interval interval() {
        return new Interval(instant("start"), instant("end"));
    }

    Map<String, String> parameters() {
        return object("parameters").allTexts();
    }

    /** All fields, where each is a text. */
    Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.forEach((name, value) -> texts.put(name, cast(name, value, String.class)));
        return texts;
    }

    private static <T> T cast(String name, @Nullable Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw unreadable(
                    "field '" + name + "' is no " + type.getSimpleName() + ", but " + value, null);
        }
        return type.cast(value);
    }

    private static TidemarkException unreadable(String why, @Nullable Throwable cause) {
        return new TidemarkException(
                ErrorCode.STORE_FAILED,
                "the store holds JSON that cannot be read: "
                        + why
                        + ". Was it written by a newer version, or changed by hand?",
                cause);
    }

    static TidemarkException unknownKind(String what, String kind) {
        return new TidemarkException(
                ErrorCode.STORE_FAILED,
                "the store holds the "
                        + what
                        + " '"
                        + kind
                        + "', which this version of Tidemark does not know; use the version that"
                        + " wrote it, or a newer one");
    }
}
