package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Home;
import dev.tidemark.engine.HomeLock;
import dev.tidemark.engine.Terms;
import dev.tidemark.store.Owner;
import dev.tidemark.store.PostgresStore;
import dev.tidemark.store.SqliteStore;
import dev.tidemark.store.Store;
import dev.tidemark.store.StoreReader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** Where runs are kept. */
sealed interface StorePlace {
    /** Whether anything was ever kept there. */
    boolean exists();

    /** Whether another engine may be at work there: known without opening the store. */
    boolean mayBeLive();

    /** Opens the store to look at it only. */
    StoreReader read();

    /** Opens the store, and makes it where it is not there yet. */
    Store open();

    /** A place that is kept from others until it is given back. */
    @FunctionalInterface
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    /** Keeps other processes away where only one may have the place at a time. */
    Taken take();

    /** Whether an owner of the store is known to be gone, by whoever has taken the place. */
    boolean isGone(Owner owner);

    /** The terms on which a command's own engine takes part. */
    Terms commandTerms();

    /** Whether some engine is at work there right now. */
    boolean isLive(StoreReader store);

    /** The server that does the work there, where one is up. */
    default Optional<Owner> server(StoreReader store) {
        return isLive(store)
                ? store.owner()
                        .filter(owner -> EngineName.isServer(owner.name()))
                        .filter(owner -> owner.lease().isPositive())
                : Optional.empty();
    }

    /** In the file of a home, which one process has at a time. */
    record InHome(Home home) implements StorePlace {
        @Override
        public boolean exists() {
            return Files.exists(home.storeFile());
        }

        @Override
        public boolean mayBeLive() {
            return exists() && HomeLock.isTaken(home);
        }

        @Override
        public StoreReader read() {
            if (!exists()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "nothing has been run in "
                                + home.root()
                                + " yet; run a pipeline first, or name another home with --home");
            }
            return SqliteStore.reader(home.storeFile());
        }

        @Override
        public Store open() {
            return SqliteStore.open(home.storeFile());
        }

        @Override
        public Taken take() {
            return HomeLock.take(home)::close;
        }

        @Override
        public boolean isGone(Owner owner) {
            return true;
        }

        @Override
        public Terms commandTerms() {
            return Terms.ofCommand(Engine.defaultSlots());
        }

        @Override
        public boolean isLive(StoreReader store) {
            return HomeLock.isTaken(home);
        }
    }

    /** In PostgreSQL, which any number of engines may have open. */
    record InPostgres(String address) implements StorePlace {
        /** A command waits through a restart of the database, not through a night. */
        private static final Duration MAX_OUTAGE = Duration.ofMinutes(2);

        @Override
        public boolean exists() {
            return PostgresStore.exists(address);
        }

        @Override
        public boolean mayBeLive() {
            return exists();
        }

        @Override
        public StoreReader read() {
            return PostgresStore.reader(address);
        }

        @Override
        public Store open() {
            return PostgresStore.open(address);
        }

        @Override
        public Taken take() {
            return () -> {};
        }

        @Override
        public boolean isGone(Owner owner) {
            return EngineName.isGone(owner.name());
        }

        @Override
        public Terms commandTerms() {
            return new Terms(
                    EngineName.ofCommand(),
                    Terms.LEASE,
                    Engine.defaultSlots(),
                    Terms.Scope.OWN_REQUESTS,
                    MAX_OUTAGE);
        }

        @Override
        public boolean isLive(StoreReader store) {
            return store.owner().filter(owner -> owner.lease().isPositive()).isPresent();
        }
    }
}
