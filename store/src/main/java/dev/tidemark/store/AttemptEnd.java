package dev.tidemark.store;

/** What is said of attempts that were not waited for. */
final class AttemptEnd {
    static final String CLEARED = "cleared to run again";
    static final String TASK_GONE = "its pipeline no longer has the task";

    private AttemptEnd() {}
}
