package dev.tidemark.bench;

import dev.tidemark.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Where a bench runs: a real store of one kind, and the same file or server without a store. */
sealed interface Ground extends AutoCloseable permits SqliteGround, PostgresGround {
    /** What {@code --store} calls it. */
    String kind();

    /** The database and its version. */
    String version() throws SQLException;

    /** On the disk that the store is on, as far as that is known. */
    Path folder();

    /** The store. What an earlier bench left in it stays. */
    Store open();

    /** The same file or server, with nothing between. */
    BareStore bare() throws SQLException;

    /** For peers; empty where they do not run. */
    Optional<DataSource> pool();

    /**
     * How often the disk was synced while something was done, in a round that is not timed: to
     * count may cost time. Empty where nobody can tell.
     */
    OptionalLong syncsOf(Work work) throws Exception;

    /** Something that is done. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    @Override
    void close() throws IOException, SQLException;
}
