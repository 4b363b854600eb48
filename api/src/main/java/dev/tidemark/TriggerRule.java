package dev.tidemark;

/**
 * When a task runs, given how its upstreams ended. Names and meanings are the field's; an upstream
 * that could not run because of another's failure counts as failed unless said otherwise.
 */
public enum TriggerRule {
    /** All succeeded. */
    ALL_SUCCESS,
    /** All failed. */
    ALL_FAILED,
    /** All finished, however. */
    ALL_DONE,
    /** All finished, at least one succeeded, none was skipped. */
    ALL_DONE_MIN_ONE_SUCCESS,
    /** At the first success. */
    ONE_SUCCESS,
    /** At the first failure. */
    ONE_FAILED,
    /** At the first that succeeded or failed by itself. */
    ONE_DONE,
    /** All succeeded or were skipped. */
    NONE_FAILED,
    /** All succeeded or were skipped, and at least one succeeded. */
    NONE_FAILED_MIN_ONE_SUCCESS,
    /** All finished and none was skipped. */
    NONE_SKIPPED,
    /** All were skipped. */
    ALL_SKIPPED,
    /** At once, whatever the upstreams do. */
    ALWAYS;

    /** Whether a task may start under this rule although an upstream has no result. */
    public boolean toleratesMissingResults() {
        return this != ALL_SUCCESS;
    }
}
