package dev.tidemark.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The lists that tasks were fanned out over lately, parsed once: each of up to very many attempts
 * takes one element of the same text. Attempts take turns: all that is here is guarded by this
 * object.
 */
final class ParsedLists {
    /** More than pipelines fan out over at a time; each is the result of a task, so it is small. */
    private static final int MAX_LISTS = 16;

    /** By text, the one that was asked for last at the end. */
    private final Map<String, JsonNode> byText = new LinkedHashMap<>();

    /** The list that a text stands for. */
    synchronized JsonNode list(String json, Function<String, JsonNode> parser) {
        JsonNode known = byText.remove(json);
        JsonNode list = known == null ? parser.apply(json) : known;
        byText.put(json, list);
        if (byText.size() > MAX_LISTS) {
            byText.remove(byText.keySet().iterator().next());
        }
        return list;
    }
}
