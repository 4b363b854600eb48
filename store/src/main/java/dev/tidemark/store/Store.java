package dev.tidemark.store;

import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps changes. Of all engines that have a store open, one at a time is its owner and commits;
 * reading and posting commands is open to all, see {@link StoreReader}.
 */
public interface Store extends StoreReader {
    /**
     * Makes an engine the owner of the store, if nobody else is: if the last owner gave it up, or
     * its lease is over by the clock of the store, or it was this engine. Of several that claim at
     * the same moment one gets it. What the owner before still sends is refused from now on.
     *
     * @param owner a name that no other engine ever had
     * @param lease for how long it stays the owner after each commit
     * @return the epoch to commit under: one more than the last
     */
    Optional<Long> claim(String owner, Duration lease);

    /**
     * Keeps the changes of one turn, all or none: they are durable when this returns, and nothing
     * of them is left where it is refused. Where the connection breaks while it commits, they may
     * have been kept all the same: only reading anew tells.
     *
     * <p>The lease begins anew in the same transaction, unless less than a twelfth of it is over;
     * without any change it always does, and this is all that happens. Each change is checked
     * against what is kept: it changes exactly the row that is in the state it leaves and, where it
     * is about an attempt, under that attempt's token.
     *
     * @param epoch that of the {@link #claim}
     * @param changes in the order in which they were decided
     * @param at the time of the turn
     * @throws dev.tidemark.TidemarkException {@link dev.tidemark.ErrorCode#OWNERSHIP_LOST} where
     *     another engine has claimed the store since; {@link dev.tidemark.ErrorCode#STORE_FAILED}
     *     where a change does not fit what is kept, so that memory and store disagree, or the store
     *     cannot be written: what is in memory is void; {@link dev.tidemark.ErrorCode#DISK_FULL}
     *     where there is no room: the same changes can be committed once there is
     */
    void commit(long epoch, List<Change> changes, Instant at);

    /** Gives the store up, so that another engine need not wait for the lease to end. */
    void release(long epoch);

    /**
     * Leaves a command for the owner, whoever that is or will be. Durable when this returns; the
     * same key again changes nothing, so it can be repeated when in doubt.
     *
     * @param key names the command for ever: something random
     */
    void post(String key, Command command, Instant at);

    /**
     * Has something called, on any thread, soon after a command was posted. A hint: it may come
     * late, or never.
     */
    void onPosted(Runnable hint);
}
