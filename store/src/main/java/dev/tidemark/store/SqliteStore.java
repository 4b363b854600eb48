package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A store in one SQLite file, with its write-ahead log beside it while it is open. A commit is on
 * the disk when it returns; a process that is killed leaves a file that is as it was after its last
 * commit.
 *
 * <p>One process at a time may write. That is for the engine to see to; should two write, the
 * second finds that the store disagrees with it, and keeps nothing.
 */
public final class SqliteStore implements Store {
    private final SqliteWriter writer;
    private final SqliteReader reader;
    private final SqliteErrors errors;

    private SqliteStore(SqliteWriter writer, SqliteReader reader, SqliteErrors errors) {
        this.writer = writer;
        this.reader = reader;
        this.errors = errors;
    }

    /**
     * Loads the driver and its native library, so that opening a store later finds them loaded.
     * Whoever has time to spare may call it, on any thread; what goes wrong shows when a store is
     * opened.
     */
    public static void warmUp() {
        try {
            SqliteFile.warmUp();
        } catch (SQLException _) {
            // Opening a store will say it, and better.
        }
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
        SqliteTables tables = new SqliteTables(SqliteFile.toRead(file));
        try {
            Migrations.ALL.check(tables.sql);
            return new SqliteReader(tables, errors);
        } catch (SQLException | RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    @Override
    public void commit(List<Change> changes, Instant at) {
        writer.commit(changes, at);
    }

    @Override
    public String issuer() {
        return reader.issuer();
    }

    @Override
    public State.Numbers lastNumbers() {
        return reader.lastNumbers();
    }

    @Override
    public Optional<PipelineDefinition> definition(String pipeline, String version) {
        return reader.definition(pipeline, version);
    }

    @Override
    public List<Recorded> history(long run) {
        return reader.history(run);
    }

    @Override
    public List<Recorded> historyOfBackfill(long backfill) {
        return reader.historyOfBackfill(backfill);
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return reader.findRuns(pipeline, parameters, intervals);
    }

    @Override
    public List<BackfillView> unfinishedBackfills(String pipeline) {
        return reader.unfinishedBackfills(pipeline);
    }

    @Override
    public Optional<BackfillView> backfill(long number) {
        return reader.backfill(number);
    }

    @Override
    public Optional<RunView> run(long number) {
        return reader.run(number);
    }

    @Override
    public List<RunView> runsNamed(String name) {
        return reader.runsNamed(name);
    }

    @Override
    public List<RunView> runs(RunFilter filter) {
        return reader.runs(filter);
    }

    @Override
    public List<TaskView> tasks(long run) {
        return reader.tasks(run);
    }

    @Override
    public List<AttemptView> attempts(long run, String task) {
        return reader.attempts(run, task);
    }

    @Override
    public List<ManifestView> manifests(long run) {
        return reader.manifests(run);
    }

    @Override
    public void close() {
        reader.close();
        try {
            writer.close();
        } catch (SQLException e) {
            throw errors.of("close", e);
        }
    }
}
