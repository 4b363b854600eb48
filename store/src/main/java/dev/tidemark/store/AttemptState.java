package dev.tidemark.store;

import dev.tidemark.core.Outcome;

/** Where an attempt stands. */
public enum AttemptState {
    RUNNING,
    SUCCEEDED,
    SKIPPED,
    FAILED,
    /** Its surroundings died, not its code. */
    LOST,
    /** Somebody stopped it: a cancel, a clear. */
    STOPPED;

    /** Where an attempt stands that ended so. */
    static AttemptState of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> SUCCEEDED;
            case Outcome.Skipped _ -> SKIPPED;
            case Outcome.Failed _ -> FAILED;
            case Outcome.Lost _ -> LOST;
            case Outcome.Stopped _ -> STOPPED;
        };
    }
}
