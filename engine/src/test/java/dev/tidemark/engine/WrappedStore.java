package dev.tidemark.engine;

import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.store.ReadStore;
import dev.tidemark.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Passes everything on to another store; tests have some of it go wrong. */
abstract class WrappedStore extends ReadStore {
    private final Store store;

    WrappedStore(Store store) {
        super(store);
        this.store = store;
    }

    @Override
    public Optional<Long> claim(String owner, Duration lease) {
        return store.claim(owner, lease);
    }

    @Override
    public void commit(long epoch, List<Change> changes, Instant at) {
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
}
