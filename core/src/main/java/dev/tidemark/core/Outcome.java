package dev.tidemark.core;

import dev.tidemark.ErrorClass;
import dev.tidemark.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How an attempt ended. */
public sealed interface Outcome {
    /** The task's code returned. */
    record Succeeded(TaskResult result, List<Evidence> evidence) implements Outcome {
        public Succeeded {
            evidence = List.copyOf(evidence);
        }
    }

    /** The task's code found that there is nothing to do. */
    record Skipped(String reason) implements Outcome {}

    /**
     * The task's code failed.
     *
     * @param retryAfter the least pause that the other side asked for
     */
    record Failed(ErrorClass errorClass, String message, Optional<Duration> retryAfter)
            implements Outcome {}

    /**
     * The attempt's surroundings died, not its code.
     *
     * @param charged whether it counts against the limit of losses
     */
    record Lost(String reason, boolean charged) implements Outcome {}

    /** Somebody stopped it: a cancel, a clear. */
    record Stopped(String reason) implements Outcome {}
}
