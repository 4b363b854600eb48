package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.store.ReadStore;
import dev.tidemark.store.Recorded;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that has room for so many commits and no more, or whose histories cannot be read. */
final class FullStore extends ReadStore {
    private final Store store;
    private final boolean unreadable;
    private int left;

    FullStore(Store store, int commits) {
        this(store, commits, false);
    }

    private FullStore(Store store, int commits, boolean unreadable) {
        super(store);
        this.store = store;
        this.left = commits;
        this.unreadable = unreadable;
    }

    static FullStore unreadable(Store store) {
        return new FullStore(store, Integer.MAX_VALUE, true);
    }

    @Override
    public Optional<Long> claim(String owner, Duration lease) {
        return store.claim(owner, lease);
    }

    @Override
    public void commit(long epoch, List<Change> changes, Instant at) {
        if (left == 0) {
            throw new TidemarkException(ErrorCode.DISK_FULL, "no space left");
        }
        left--;
        store.commit(epoch, changes, at);
    }

    @Override
    public void release(long epoch) {
        store.release(epoch);
    }

    @Override
    public void post(String key, Command command, Instant at) {
        store.post(key, command, at);
    }

    @Override
    public void onPosted(Runnable hint) {
        store.onPosted(hint);
    }

    @Override
    public List<Recorded> history(long run) {
        if (unreadable) {
            throw new TidemarkException(ErrorCode.STORE_FAILED, "the history cannot be read");
        }
        return super.history(run);
    }
}
