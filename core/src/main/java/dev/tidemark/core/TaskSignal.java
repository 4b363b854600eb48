package dev.tidemark.core;

/** What can happen to a task instance. */
public enum TaskSignal {
    /** It may run, but no slot is free. */
    READY,
    /** An attempt begins. */
    START,
    SUCCEED,
    FAIL,
    /** The attempt ended, and another one is to follow. */
    RETRY,
    SKIP,
    UPSTREAM_FAIL,
    CANCEL,
    /** It is to run again as if it had not run. */
    CLEAR
}
