package dev.tidemark.engine;

import dev.tidemark.TaskException;
import dev.tidemark.TidemarkException;
import org.jspecify.annotations.Nullable;

/** What is told of an exception in one line; the whole of it is in the attempt's log. */
final class Messages {
    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_CAUSES = 8;

    private Messages() {}

    static String of(Throwable error) {
        StringBuilder text = new StringBuilder();
        @Nullable Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            String one = one(cause);
            if (text.indexOf(one) < 0) {
                text.append(text.isEmpty() ? "" : "; caused by ").append(one);
            }
            cause = cause.getCause();
        }
        return text.length() <= MAX_LENGTH ? text.toString() : text.substring(0, MAX_LENGTH) + "…";
    }

    private static String one(Throwable error) {
        return switch (error) {
            case TidemarkException known -> known.code() + ": " + known.getMessage();
            case TaskException known -> String.valueOf(known.getMessage());
            default ->
                    error.getMessage() == null
                            ? error.getClass().getSimpleName()
                            : error.getClass().getSimpleName() + ": " + error.getMessage();
        };
    }
}
