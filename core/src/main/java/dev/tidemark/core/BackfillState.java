package dev.tidemark.core;

/** Where a backfill stands. */
public enum BackfillState {
    RUNNING,
    /** Every interval is done. */
    COMPLETED,
    /** Every interval was tried; some failed. */
    COMPLETED_WITH_FAILURES,
    /** Too many intervals failed in a row; the rest was not started. */
    HALTED,
    /** Its process ended; another backfill took it up. */
    TAKEN_UP;

    public boolean isFinal() {
        return this != RUNNING;
    }
}
