package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.store.Recorded;
import dev.tidemark.store.Store;
import java.time.Instant;
import java.util.List;

/** A store that has room for so many commits and no more, or whose histories cannot be read. */
final class FullStore extends WrappedStore {
    private final boolean unreadable;
    private int left;

    FullStore(Store store, int commits) {
        this(store, commits, false);
    }

    private FullStore(Store store, int commits, boolean unreadable) {
        super(store);
        this.left = commits;
        this.unreadable = unreadable;
    }

    static FullStore unreadable(Store store) {
        return new FullStore(store, Integer.MAX_VALUE, true);
    }

    @Override
    public void commit(long epoch, List<Change> changes, Instant at) {
        if (left == 0) {
            throw new TidemarkException(ErrorCode.DISK_FULL, "no space left");
        }
        left--;
        super.commit(epoch, changes, at);
    }

    @Override
    public List<Recorded> history(long run) {
        if (unreadable) {
            throw new TidemarkException(ErrorCode.STORE_FAILED, "the history cannot be read");
        }
        return super.history(run);
    }
}
