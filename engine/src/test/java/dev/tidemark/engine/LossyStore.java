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

/** A store that now and then keeps what it is given, and does not say so. */
final class LossyStore extends ReadStore {
    private final Store store;
    private boolean losing;

    LossyStore(Store store) {
        super(store);
        this.store = store;
    }

    /** The next commit is kept, and fails. */
    void loseNextReply() {
        losing = true;
    }

    @Override
    public Optional<Long> claim(String owner, Duration lease) {
        return store.claim(owner, lease);
    }

    @Override
    public void commit(long epoch, List<Change> changes, Instant at) {
        store.commit(epoch, changes, at);
        if (losing) {
            losing = false;
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
