package dev.tidemark.core;

/**
 * How the upstreams of a task stand. Each instance of a mapped upstream counts.
 *
 * @param total all of them
 * @param succeeded those that succeeded
 * @param skipped those that were skipped
 * @param failed those that failed by themselves or were cancelled
 * @param upstreamFailed those that could not run because of another's failure
 */
public record Tally(int total, int succeeded, int skipped, int failed, int upstreamFailed) {
    /** Failed in the wide sense of the trigger rules. */
    int anyFailed() {
        return failed + upstreamFailed;
    }

    boolean allDone() {
        return succeeded + skipped + anyFailed() == total;
    }
}
