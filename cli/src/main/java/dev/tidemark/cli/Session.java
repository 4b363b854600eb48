package dev.tidemark.cli;

import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Home;
import dev.tidemark.engine.HomeLock;
import dev.tidemark.engine.Terms;
import dev.tidemark.engine.Watcher;
import dev.tidemark.engine.Workplace;
import dev.tidemark.store.SqliteStore;
import dev.tidemark.store.Store;

/** An engine of this process over a home that it owns, for as long as a command takes. */
final class Session implements AutoCloseable {
    private final HomeLock lock;
    private final Store store;
    private final Engine engine;
    private boolean closed;

    private Session(HomeLock lock, Store store, Engine engine) {
        this.lock = lock;
        this.store = store;
        this.engine = engine;
    }

    /**
     * Takes the home and starts an engine.
     *
     * @throws dev.tidemark.TidemarkException where another process has the home
     */
    static Session open(Workplace workplace, Watcher watcher) {
        Home home = workplace.home();
        HomeLock lock = HomeLock.take(home);
        try {
            Store store = SqliteStore.open(home.storeFile());
            Engine engine = Engine.start(
 store, workplace, Terms.ofCommand(Engine.defaultSlots()), watcher);
            return new Session(lock, store, engine);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Store store() {
        return store;
    }

    Engine engine() {
        return engine;
    }

    /** Stops what still runs; the same command goes on with it. May be called more than once. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            engine.close();
            store.close();
            lock.close();
        }
    }
}
