package dev.tidemark.core;

/** Where a task instance stands. The legal ways between them are in {@link TaskTransitions}. */
public enum TaskState {
    /** Its trigger rule is not satisfied yet. */
    WAITING,
    /** It could run, and waits for a slot. */
    QUEUED,
    /** An attempt holds its token. */
    RUNNING,
    /** An attempt failed or was lost; the next one has its time. */
    RETRYING,
    SUCCEEDED,
    FAILED,
    SKIPPED,
    /** Its trigger rule can no longer be satisfied, because something upstream failed. */
    UPSTREAM_FAILED,
    CANCELLED;

    /** Whether nothing but a clear changes it any more. */
    public boolean isFinal() {
        return switch (this) {
            case WAITING, QUEUED, RUNNING, RETRYING -> false;
            case SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED -> true;
        };
    }

    /** Whether a rerun of only what failed runs it again. */
    public boolean wentWrong() {
        return switch (this) {
            case FAILED, UPSTREAM_FAILED, CANCELLED -> true;
            case WAITING, QUEUED, RUNNING, RETRYING, SUCCEEDED, SKIPPED -> false;
        };
    }
}
