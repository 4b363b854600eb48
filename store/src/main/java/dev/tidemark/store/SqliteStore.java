package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.core.TaskKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A store in one SQLite file, with its write-ahead log beside it while it is open. A commit is on
 * the disk when it returns; a process that is killed leaves a file that is as it was after its last
 * commit.
 *
 * <p>Several processes may have it open. One of them is the owner; the others may read, and post
 * commands.
 */
public final class SqliteStore extends ReadStore {
    private final SqliteWriter writer;
    private final SqliteErrors errors;

    private SqliteStore(SqliteWriter writer, SqliteReader reader, SqliteErrors errors) {
        super(reader);
        this.writer = writer;
        this.errors = errors;
    }

    /**
     * Loads the driver and its native library, the reader and writer of JSON, and the code that the
     * JVM makes for the records by which a store looks things up: using a store later finds them
     * there. Whoever has time to spare may call it, on any thread; what goes wrong shows when a
     * store is opened.
     */
    public static void warmUp() {
        try {
            SqliteFile.warmUp();
        } catch (SQLException _) {
            // Opening a store will say it, and better.
        }
        Change change = new Change.AttemptStarted(new TaskKey(1, "task", TaskKey.NONE), 1, 1);
        List<Change> same = new ArrayList<>();
        HistoryRow.of(0, List.of(change), Instant.EPOCH)
                .forEach(
                        row ->
                                HistoryRow.read(
                                        row.seq(),
                                        Instant.EPOCH,
                                        row.kind(),
                                        row.payload(),
                                        recorded -> same.add(recorded.change())));
        Interval interval = new Interval(Instant.EPOCH, Instant.EPOCH);
        Interval equal = new Interval(Instant.EPOCH, Instant.EPOCH);
        boolean _ = Set.of(change).containsAll(same) && Set.of(interval).contains(equal);
    }

    /**
     * Opens the store in a file, and makes it where it is not there yet; its folder must be.
     *
     * @throws TidemarkException {@link ErrorCode#STORE_FAILED} where the file cannot be used, or a
     *     newer version of Tidemark has written it
     */
    public static SqliteStore open(Path file) {
        return open(file, connection -> connection);
    }

    /**
     * Opens a store with something between it and its connection.
     *
     * @param around is given the connection that writes
     */
    static SqliteStore open(Path file, UnaryOperator<Connection> around) {
        SqliteErrors errors = new SqliteErrors(file.toAbsolutePath());
        try {
            SqliteWriter writer =
                    new SqliteWriter(() -> around.apply(SqliteFile.toWrite(file)), errors);
            try {
                return new SqliteStore(writer, read(file, errors), errors);
            } catch (SQLException | RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (SQLException e) {
            throw errors.of("open", e);
        }
    }

    /**
     * Opens a store to read only, also while another process writes.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where there is no store yet,
     *     {@link ErrorCode#STORE_FAILED} where it cannot be read, or an older or newer version of
     *     Tidemark has written it
     */
    public static StoreReader reader(Path file) {
        if (!Files.exists(file)) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "there is no store at " + file.toAbsolutePath() + " yet; run a pipeline first");
        }
        SqliteErrors errors = new SqliteErrors(file.toAbsolutePath());
        try {
            return read(file, errors);
        } catch (SQLException e) {
            throw errors.of("open", e);
        }
    }

    private static SqliteReader read(Path file, SqliteErrors errors) throws SQLException {
        Tables tables = new Tables(SqliteFile.toRead(file), Tables.NAMES_IN_SQLITE);
        try {
            Migrations.ALL.check(tables.sql);
            return new SqliteReader(tables, errors);
        } catch (SQLException | RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    @Override
    public Optional<Long> claim(String owner, Duration lease) {
        return writer.claim(owner, lease);
    }

    @Override
    public void commit(long epoch, List<Change> changes, Instant at) {
        writer.commit(epoch, changes, at);
    }

    @Override
    public void release(long epoch) {
        writer.release(epoch);
    }

    @Override
    public void post(String key, Command command, Instant at) {
        writer.post(key, command, at);
    }

    /** There is no hint: polling finds what was posted. */
    @Override
    public void onPosted(Runnable hint) {}

    @Override
    public void close() {
        super.close();
        try {
            writer.close();
        } catch (SQLException e) {
            throw errors.of("close", e);
        }
    }
}
