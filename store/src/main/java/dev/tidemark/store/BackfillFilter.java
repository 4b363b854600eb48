package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillState;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which backfills to show: {@code BackfillFilter.ALL.pipeline("flights").limit(20)}.
 *
 * @param before only backfills with a smaller number; for the next page
 * @param limit how many at most
 */
public record BackfillFilter(
        Optional<String> pipeline, Optional<BackfillState> state, OptionalLong before, int limit) {
    public static final int DEFAULT_LIMIT_BACKFILLS = 20;
    public static final int MAX_LIMIT_BACKFILLS = 10_000;

    /** The newest of all. */
    public static final BackfillFilter ALL =
            new BackfillFilter(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    DEFAULT_LIMIT_BACKFILLS);

    public BackfillFilter {
        if (limit < 1 || limit > MAX_LIMIT_BACKFILLS) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "the limit must be 1 to " + MAX_LIMIT_BACKFILLS + " backfills, not " + limit);
        }
    }

    public BackfillFilter pipeline(String only) {
        return new BackfillFilter(Optional.of(only), state, before, limit);
    }

    public BackfillFilter state(BackfillState only) {
        return new BackfillFilter(pipeline, Optional.of(only), before, limit);
    }

    public BackfillFilter before(long backfill) {
        return new BackfillFilter(pipeline, state, OptionalLong.of(backfill), limit);
    }

    public BackfillFilter limit(int atMost) {
        return new BackfillFilter(pipeline, state, before, atMost);
    }

    /** Whether a backfill is one of those, the limit aside. */
    boolean shows(BackfillSummary backfill) {
        String its = backfill.asked().pipeline();
        return pipeline.orElse(its).equals(its)
                && state.orElse(backfill.state()) == backfill.state()
                && backfill.number() < before.orElse(Long.MAX_VALUE);
    }
}
