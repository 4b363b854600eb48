package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.time.Instant;
import java.util.List;

/**
 * Keeps changes. One thread of one process commits, the engine's; reading is open to all, see
 * {@link StoreReader}.
 */
public interface Store extends StoreReader {
    /**
     * Keeps the changes of one turn, all or none: they are durable when this returns, and nothing
     * of them is left where it throws.
     *
     * <p>Each change is checked against what is kept: it changes exactly the row that is in the
     * state it leaves and, where it is about an attempt, under that attempt's token.
     *
     * @param changes in the order in which they were decided
     * @param at the time of the turn
     * @throws dev.tidemark.TidemarkException {@link dev.tidemark.ErrorCode#STORE_FAILED} where a
     *     change does not fit what is kept, so that memory and store disagree, or the store cannot
     *     be written: the engine must stop; {@link dev.tidemark.ErrorCode#DISK_FULL} where there is
     *     no room: the same changes can be committed once there is
     */
    void commit(List<Change> changes, Instant at);
}
