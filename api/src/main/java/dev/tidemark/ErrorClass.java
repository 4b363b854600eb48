package dev.tidemark;

/** What kind of error ended an attempt. Retries are decided by it, never by the message. */
public enum ErrorClass {
    /** Likely to go away by itself: a time-out, a lost connection, a deadlock, exit code 75. */
    TRANSIENT,
    /** The other side asked for a pause; it may have said how long. */
    RATE_LIMITED,
    /**
     * The same attempt would fail again: no permission, wrong schema, full disk, a mistake in code.
     */
    PERMANENT,
    /** The data failed validation. It fails now, and rejected rows go to the dead letter. */
    REJECTED,
    /** Everything else. */
    UNKNOWN
}
