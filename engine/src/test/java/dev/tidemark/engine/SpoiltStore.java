package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.store.ReadStore;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store whose next commit fails: before anything was kept, or after all was. */
final class SpoiltStore extends ReadStore {
    private final Store store;
    private Spoil next = Spoil.NOTHING;

    /** What goes wrong. */
    enum Spoil {
        NOTHING,
        BEFORE,
        AFTER
    }

    SpoiltStore(Store store) {
        super(store);
        this.store = store;
    }

    void spoilNextCommit(Spoil how) {
        next = how;
    }

    @Override
    public Optional<Long> claim(String owner, Duration lease) {
        return store.claim(owner, lease);
    }

    @Override
    public void commit(long epoch, List<Change> changes, Instant at) {
        Spoil now = next;
        next = Spoil.NOTHING;
        if (now != Spoil.BEFORE) {
            store.commit(epoch, changes, at);
        }
        if (now != Spoil.NOTHING) {
            throw new TidemarkException(ErrorCode.STORE_FAILED, "the connection broke");
        }
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
}
