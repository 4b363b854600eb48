package dev.tidemark.core;

/** Where a backfill stands. The legal ways between them are in {@link BackfillTransitions}. */
public enum BackfillState {
    RUNNING,
    /** Runs under way go on, and no other one starts until somebody resumes it. */
    PAUSED,
    /** Every interval is done. */
    COMPLETED,
    /** Every interval was tried; some failed. */
    COMPLETED_WITH_FAILURES,
    /** Too many intervals failed in a row; the rest was not started. */
    HALTED,
    /** Its process ended; another backfill took it up. */
    TAKEN_UP,
    /** Somebody gave it up: its runs were stopped, and the rest was not started. */
    CANCELLED;

    /** Whether nothing changes it any more. */
    public boolean isFinal() {
        return switch (this) {
            case RUNNING, PAUSED -> false;
            case COMPLETED, COMPLETED_WITH_FAILURES, HALTED, TAKEN_UP, CANCELLED -> true;
        };
    }
}
