package dev.tidemark;

/** Thrown by a task that finds it has nothing to do: it ends as skipped, not as failed. */
public final class SkipException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SkipException(String reason) {
        super(reason);
    }
}
