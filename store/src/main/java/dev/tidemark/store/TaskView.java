package dev.tidemark.store;

import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.time.Instant;
import java.util.Optional;

/**
 * A task instance, for people.
 *
 * @param message why it stands where it stands: the error of its latest attempt, or the reason for
 *     which it moved without one; empty where there is nothing to say
 */
public record TaskView(
        TaskKey task, TaskState state, Tally tally, String message, LatestAttempt latest) {
    /**
     * How often it was tried.
     *
     * @param attempts attempts of the task's own code; lost ones do not count
     * @param losses attempts lost with their surroundings
     */
    public record Tally(int attempts, int losses) {
        static final Tally NONE = new Tally(0, 0);

        /** All attempts started: the number of the latest. */
        public int started() {
            return attempts + losses;
        }
    }

    /**
     * The latest attempt.
     *
     * @param token the token it holds or held; 0 before the first
     * @param due when the next one may start; only while the task is retrying
     */
    public record LatestAttempt(
            long token, Optional<Instant> started, Optional<Instant> ended, Optional<Instant> due) {
        static final LatestAttempt NONE =
                new LatestAttempt(0, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
