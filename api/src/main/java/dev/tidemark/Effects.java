package dev.tidemark;

/**
 * What is known of what a task does outside, and so of what a second attempt would do there.
 *
 * @param kind whether running twice is known to be running once
 * @param reason what that is known by, or what makes it unknown; one line
 */
public record Effects(Kind kind, String reason) {
    /** Nobody has looked at the task's code, and its author has said nothing. */
    public static final Effects UNSEEN = new Effects(Kind.UNKNOWN, "nobody has looked at its code");

    /** Whether running twice is known to be running once, and by whom. */
    public enum Kind {
        /** All it writes goes through {@link TaskContext#into}. */
        FENCED,
        /** {@code tidemark verify} has shown it for this version. */
        VERIFIED,
        /** The author says so. */
        DECLARED,
        /** Nobody knows. */
        UNKNOWN
    }

    /** Whether running it twice is known to be running it once. */
    public boolean areKnown() {
        return kind != Kind.UNKNOWN;
    }
}
