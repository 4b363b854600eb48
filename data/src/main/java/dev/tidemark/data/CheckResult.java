package dev.tidemark.data;

/**
 * How a check on staged rows ended.
 *
 * @param name what was checked, such as {@code not null: origin}
 * @param expected what should be
 * @param actual what was found
 */
public record CheckResult(String name, String expected, String actual, boolean passed) {
    @Override
    public String toString() {
        return name + ": expected " + expected + ", found " + actual;
    }
}
