package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.time.Instant;

/** What becomes of pools, and of those who wait for their rates. */
final class PoolDecisions {
    private PoolDecisions() {}

    static Decision set(State state, PoolLimit limit) {
        return opened(state, limit.pool(), new Change.PoolSet(limit));
    }

    static Decision remove(State state, String pool) {
        if (state.pool(pool).isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "pool '" + pool + "' is not set; tidemark pools list shows those that are");
        }
        return opened(state, pool, new Change.PoolRemoved(pool));
    }

    /** There may be more room than before, or a rate where there was none. */
    private static Decision opened(State state, String pool, Change change) {
        Decision.Draft draft = new Decision.Draft().change(change);
        state.admission().keysOf(pool).forEach(key -> draft.next(new Event.RatePerhapsAllows(key)));
        return draft.next(new Event.SlotPerhapsFree()).done();
    }

    /** Starts what waits, or has somebody look again when the rate allows it. */
    static Decision rate(State state, PoolKey pool, Instant now) {
        Decision.Draft draft = new Decision.Draft();
        state.admission()
                .restsUntil(pool, now)
                .ifPresentOrElse(
                        until ->
                                draft.effect(
                                        new Effect.SetTimer(
                                                until, new Event.RatePerhapsAllows(pool))),
                        () -> draft.next(new Event.SlotPerhapsFree()));
        return draft.done();
    }
}
