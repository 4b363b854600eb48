package dev.tidemark.data;

/**
 * How a check on staged rows ended.
 *
 * @param name what was checked, such as {@code not null: origin}
 * @param expected what should be
 * @param actual what was found
 */
public record CheckResult(String name, String expected, String actual, Verdict verdict) {
    /** What follows from a check. */
    public enum Verdict {
        /** Found as expected. */
        PASSED,
        /** Found otherwise; the rows are published all the same. */
        WARNED,
        /** Found otherwise; nothing is published. */
        FAILED
    }

    static CheckResult of(String name, String expected, String actual, boolean good) {
        return new CheckResult(name, expected, actual, good ? Verdict.PASSED : Verdict.FAILED);
    }

    public boolean passed() {
        return verdict == Verdict.PASSED;
    }

    /** The same of a check that does not stop a publish. */
    CheckResult asWarning() {
        return passed() ? this : new CheckResult(name, expected, actual, Verdict.WARNED);
    }

    @Override
    public String toString() {
        return name + ": expected " + expected + ", found " + actual;
    }
}
