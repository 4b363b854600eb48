package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.ResultType;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.TaskResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results on their way between tasks: small values as JSON. */
final class Results {
    /** References travel, payloads don't. */
    static final int MAX_RESULT_BYTES = 64 << 10;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final ParsedLists LISTS = new ParsedLists();

    private Results() {}

    /**
     * A task's result as JSON.
     *
     * @throws TidemarkException {@link ErrorCode#RESULT_TOO_LARGE} or {@link
     *     ErrorCode#RESULT_UNREADABLE}, naming the task
     */
    static TaskResult write(String task, ResultType type, @Nullable Object value) {
        if (type.list() && value == null) {
            throw new TidemarkException(
                    ErrorCode.RESULT_UNREADABLE,
                    "task '" + task + "' returned null where a list was declared");
        }
        String json;
        try {
            json = JSON.writeValueAsString(value);
        } catch (JacksonException e) {
            throw unreadable(task, "cannot be written as JSON", e);
        }
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_RESULT_BYTES) {
            throw new TidemarkException(
                    ErrorCode.RESULT_TOO_LARGE,
                    "the result of task '"
                            + task
                            + "' is "
                            + bytes
                            + " bytes of JSON; the most is "
                            + MAX_RESULT_BYTES
                            + ". Publish the data, and return a reference to it");
        }
        return new TaskResult(
                json,
                value instanceof List<?> list && type.list() ? list.size() : TaskResult.NO_LIST);
    }

    /** The value that JSON stands for. */
    static @Nullable Object read(String task, ResultType type, String json) {
        try {
            return JSON.readValue(json, javaType(type));
        } catch (JacksonException e) {
            throw unreadable(task, "cannot be read back from JSON", e);
        }
    }

    /** One element of a list. */
    static @Nullable Object readElement(String task, ResultType type, String json, int element) {
        try {
            JsonNode node = LISTS.list(json, JSON::readTree).get(element);
            return JSON.treeToValue(node, type.element());
        } catch (JacksonException e) {
            throw unreadable(task, "cannot be read back from JSON", e);
        }
    }

    private static JavaType javaType(ResultType type) {
        return type.list()
                ? JSON.getTypeFactory().constructCollectionType(List.class, type.element())
                : JSON.constructType(type.element());
    }

    private static TidemarkException unreadable(String task, String what, JacksonException e) {
        return new TidemarkException(
                ErrorCode.RESULT_UNREADABLE,
                "the result of task '" + task + "' " + what + ": " + e.getOriginalMessage(),
                e);
    }
}
