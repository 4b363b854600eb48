package dev.tidemark.core;

import dev.tidemark.ErrorClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How attempts in tests end. */
final class Outcomes {
    static final Outcome SUCCESS = list(TaskResult.NO_LIST);
    static final Outcome SKIP = new Outcome.Skipped("nothing to do");
    static final Outcome FAILURE = failure(ErrorClass.PERMANENT);
    static final Outcome TRANSIENT = failure(ErrorClass.TRANSIENT);
    static final Outcome CHARGED_LOSS = new Outcome.Lost("the worker died", true);
    static final Outcome UNCHARGED_LOSS = new Outcome.Lost("the engine died", false);

    private Outcomes() {}

    /** Success with a list of this many elements. */
    static Outcome list(int elements) {
        return new Outcome.Succeeded(new TaskResult("[]", elements), List.of());
    }

    static Outcome failure(ErrorClass errorClass) {
        return new Outcome.Failed(errorClass, "it broke", Optional.empty());
    }

    static Outcome rateLimited(Duration retryAfter) {
        return new Outcome.Failed(ErrorClass.RATE_LIMITED, "slow down", Optional.of(retryAfter));
    }
}
