package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;

/** What an engine is told that is no longer the owner. */
final class Ownership {
    private Ownership() {}

    static TidemarkException lost(long epoch) {
        return new TidemarkException(
                ErrorCode.OWNERSHIP_LOST,
                "another engine has taken over the store since epoch "
                        + epoch
                        + "; nothing of this turn was kept");
    }
}
