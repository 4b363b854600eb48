package dev.tidemark.store;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import java.time.Instant;
import java.util.Optional;

/**
 * An attempt, for people.
 *
 * @param number counts the attempts of a task instance from 1, lost ones included; a mapped task
 *     that is expanded anew begins anew, the token does not
 * @param token unique in the store; grows with every attempt
 */
public record AttemptView(TaskKey task, int number, long token, Status status, Times times) {
    /**
     * How it stands.
     *
     * @param errorClass for a failed one
     * @param message the error or reason; empty where there is none
     * @param late how it said it had ended when it no longer held its token; changes nothing
     */
    public record Status(
            AttemptState state,
            Optional<ErrorClass> errorClass,
            String message,
            Optional<AttemptState> late) {
        static final Status RUNNING =
                new Status(AttemptState.RUNNING, Optional.empty(), "", Optional.empty());

        static Status of(Outcome outcome) {
            Optional<ErrorClass> errorClass =
                    outcome instanceof Outcome.Failed failed
                            ? Optional.of(failed.errorClass())
                            : Optional.empty();
            return new Status(
                    AttemptState.of(outcome), errorClass, said(outcome), Optional.empty());
        }

        Status withLate(Outcome outcome) {
            return new Status(state, errorClass, message, Optional.of(AttemptState.of(outcome)));
        }
    }

    /** When it started and ended. */
    public record Times(Instant started, Optional<Instant> ended) {}

    /** What there is to say about an end. */
    static String said(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> "";
            case Outcome.Skipped skipped -> skipped.reason();
            case Outcome.Failed failed -> failed.message();
            case Outcome.Lost lost -> lost.reason();
            case Outcome.Stopped stopped -> stopped.reason();
        };
    }
}
