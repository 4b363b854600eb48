package dev.tidemark.tidy.bad;

import tools.jackson.databind.json.JsonMapper;

/** The authoring surface knows nothing but the JDK. */
public final class ReadsJson {
    private ReadsJson() {}

    static String text(Object value) {
        return JsonMapper.builder().build().writeValueAsString(value);
    }
}
