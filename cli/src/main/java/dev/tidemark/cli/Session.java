package dev.tidemark.cli;

import dev.tidemark.engine.Engine;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Terms;
import dev.tidemark.engine.Watcher;
import dev.tidemark.engine.Workplace;
import dev.tidemark.store.Store;
import java.util.Collection;
import java.util.List;

/** An engine of this process over a store, for as long as a command takes. */
final class Session implements AutoCloseable {
    private final StorePlace.Taken taken;
    private final Store store;
    private final Engine engine;
    private boolean closed;

    private Session(StorePlace.Taken taken, Store store, Engine engine) {
        this.taken = taken;
        this.store = store;
        this.engine = engine;
    }

    /**
     * Takes the place and starts an engine for what this command asks for.
     *
     * @throws dev.tidemark.TidemarkException where another process has the place
     */
    static Session open(StorePlace place, Workplace workplace, Watcher watcher) {
        return open(place, workplace, place.commandTerms(), watcher, List.of());
    }

    /** Takes the place and starts an engine on these terms. */
    static Session open(
            StorePlace place,
            Workplace workplace,
            Terms terms,
            Watcher watcher,
            Collection<PipelineCode> codes) {
        StorePlace.Taken taken = place.take();
        try {
            Store store = place.open();
            store.owner().filter(place::isGone).ifPresent(gone -> store.release(gone.epoch()));
            return new Session(taken, store, Engine.start(store, workplace, terms, watcher, codes));
        } catch (RuntimeException e) {
            taken.close();
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
            taken.close();
        }
    }
}
