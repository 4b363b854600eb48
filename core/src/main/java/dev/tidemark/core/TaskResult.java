package dev.tidemark.core;

/**
 * What a task handed on: a small value, as JSON.
 *
 * @param json the value
 * @param elements how many elements it has where it is a list, {@link #NO_LIST} otherwise
 */
public record TaskResult(String json, int elements) {
    public static final int NO_LIST = -1;
}
