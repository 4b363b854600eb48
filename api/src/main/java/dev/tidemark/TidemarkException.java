package dev.tidemark;

import org.jspecify.annotations.Nullable;

/**
 * An error that Tidemark raises by itself. Its message says what happened, with values, and then
 * what happens next or what to do.
 */
public final class TidemarkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public TidemarkException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TidemarkException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
