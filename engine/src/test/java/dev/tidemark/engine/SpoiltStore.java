package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.store.Store;
import java.time.Instant;
import java.util.List;

/** A store whose next commit fails: before anything was kept, or after all was. */
final class SpoiltStore extends WrappedStore {
    private Spoil next = Spoil.NOTHING;

    /** What goes wrong. */
    enum Spoil {
        NOTHING,
        BEFORE,
        AFTER
    }

    SpoiltStore(Store store) {
        super(store);
    }

    void spoilNextCommit(Spoil how) {
        next = how;
    }

    @Override
    public void commit(long epoch, List<Change> changes, Instant at) {
        Spoil now = next;
        next = Spoil.NOTHING;
        if (now != Spoil.BEFORE) {
            super.commit(epoch, changes, at);
        }
        if (now != Spoil.NOTHING) {
            throw new TidemarkException(ErrorCode.STORE_FAILED, "the connection broke");
        }
    }
}
