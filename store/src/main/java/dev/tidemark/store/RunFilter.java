package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.RunState;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which runs to show: {@code RunFilter.ALL.pipeline("flights").limit(20)}.
 *
 * @param backfill only runs whose current try belongs to it
 * @param before only runs with a smaller number; for the next page
 * @param limit how many at most
 */
public record RunFilter(
        Optional<String> pipeline,
        Optional<RunState> state,
        OptionalLong backfill,
        OptionalLong before,
        int limit) {
    public static final int DEFAULT_LIMIT_RUNS = 100;
    public static final int MAX_LIMIT_RUNS = 100_000;

    /** The newest of all. */
    public static final RunFilter ALL =
            new RunFilter(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    DEFAULT_LIMIT_RUNS);

    public RunFilter {
        if (limit < 1 || limit > MAX_LIMIT_RUNS) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "the limit must be 1 to " + MAX_LIMIT_RUNS + " runs, not " + limit);
        }
    }

    public RunFilter pipeline(String only) {
        return new RunFilter(Optional.of(only), state, backfill, before, limit);
    }

    public RunFilter state(RunState only) {
        return new RunFilter(pipeline, Optional.of(only), backfill, before, limit);
    }

    public RunFilter backfill(long only) {
        return new RunFilter(pipeline, state, OptionalLong.of(only), before, limit);
    }

    public RunFilter before(long run) {
        return new RunFilter(pipeline, state, backfill, OptionalLong.of(run), limit);
    }

    public RunFilter limit(int atMost) {
        return new RunFilter(pipeline, state, backfill, before, atMost);
    }

    /** Whether a run is one of those, the limit aside. */
    boolean shows(RunView run) {
        return pipeline.orElse(run.pipeline()).equals(run.pipeline())
                && state.orElse(run.state()) == run.state()
                && backfill.orElse(run.status().backfill()) == run.status().backfill()
                && run.number() < before.orElse(Long.MAX_VALUE);
    }
}
