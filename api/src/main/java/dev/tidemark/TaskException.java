package dev.tidemark;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task's own code throws when it knows the class of its failure. Any other exception is
 * classified by {@link Classification}.
 */
public final class TaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorClass errorClass;
    private final @Nullable Duration retryAfter;

    private TaskException(
            ErrorClass errorClass,
            String message,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter) {
        super(message, cause);
        this.errorClass = errorClass;
        this.retryAfter = retryAfter;
    }

    public static TaskException transientError(String message, @Nullable Throwable cause) {
        return new TaskException(ErrorClass.TRANSIENT, message, cause, null);
    }

    public static TaskException transientError(String message) {
        return transientError(message, null);
    }

    /** The other side is busy; the task is not tried again before {@code retryAfter} has passed. */
    public static TaskException rateLimited(String message, Duration retryAfter) {
        return new TaskException(ErrorClass.RATE_LIMITED, message, null, retryAfter);
    }

    public static TaskException permanent(String message, @Nullable Throwable cause) {
        return new TaskException(ErrorClass.PERMANENT, message, cause, null);
    }

    public static TaskException permanent(String message) {
        return permanent(message, null);
    }

    /** The data is not acceptable; trying again would not change it. */
    public static TaskException rejected(String message) {
        return new TaskException(ErrorClass.REJECTED, message, null, null);
    }

    public ErrorClass errorClass() {
        return errorClass;
    }

    /** The least pause before the next attempt, where the other side asked for one. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
