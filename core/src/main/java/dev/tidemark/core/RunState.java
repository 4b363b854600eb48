package dev.tidemark.core;

/** Where a run stands. The legal ways between them are in {@link RunTransitions}. */
public enum RunState {
    /** It exists, and nothing of it was looked at yet. */
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether nothing but a new try changes it any more. */
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED -> true;
        };
    }
}
