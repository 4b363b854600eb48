package dev.tidemark.simulation;

/** The kinds of things that go wrong on purpose. */
enum Fault {
    CRASH_BEFORE_CALL,
    CRASH_AFTER_CALL,
    CRASH_WITH_ATTEMPT,
    /** The store did what it was told, and nobody hears of it. */
    REPLY_LOST,
    STORE_DOWN,
    STORE_SLOW,
    DISK_FULL,
    /** A process makes no step for longer than the lease, and then goes on. */
    LONG_PAUSE,
    ENGINE_CLOCK_STEP,
    STORE_CLOCK_STEP,
    ATTEMPT_HANGS,
    REPORT_LATE,
    REPORT_TWICE,
    REPORT_LOST,
    REPORT_AFTER_STOP,
    POSTED_TWICE,
    POST_FAILED,
    ENGINE_RETIRED,
    NEW_VERSION,
    CANCEL_NEAR_END,
    ASKED_AGAIN_NEAR_END
}
