package dev.tidemark;

/**
 * The type of a result, said once, since it comes back from JSON after a crash.
 *
 * @param element the class of the result, or of its elements
 * @param list whether the result is a list of these
 */
public record ResultType(Class<?> element, boolean list) {
    static ResultType of(Class<?> type) {
        return new ResultType(type, false);
    }

    static ResultType listOf(Class<?> element) {
        return new ResultType(element, true);
    }
}
