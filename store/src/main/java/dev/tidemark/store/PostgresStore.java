package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A store in a schema of a PostgreSQL database. A commit is on the server's disk when it returns.
 *
 * <p>An address is {@code postgresql://user@host:port/database}, with {@code ?currentSchema=} for
 * another schema than {@code tidemark}. A password stands in {@code PGPASSWORD}, in the file {@code
 * ~/.pgpass}, or in the address, and is never shown. The server has to be the one that writes, and
 * to sync what it commits; another one is refused.
 */
public final class PostgresStore extends ReadStore {
    private final PostgresWriter writer;
    private final PostgresErrors errors;

    /** Guarded by this object. */
    private final List<PostgresHints> hints = new ArrayList<>();

    private PostgresStore(PostgresWriter writer, PostgresReader reader, PostgresErrors errors) {
        super(reader);
        this.writer = writer;
        this.errors = errors;
    }

    /**
     * Opens the store at an address, and makes its schema and tables where they are not there yet;
     * the database must be.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where that is no address, {@link
     *     ErrorCode#STORE_FAILED} where the server cannot be reached, does not keep what it
     *     commits, or a newer version of Tidemark has written the store
     */
    public static PostgresStore open(String address) {
        return open(address, connection -> connection);
    }

    /**
     * Opens a store with something between it and its connection.
     *
     * @param around is given each connection that writes
     */
    static PostgresStore open(String address, UnaryOperator<Connection> around) {
        PostgresAddress where = PostgresAddress.parse(address);
        PostgresErrors errors = new PostgresErrors(where);
        try {
            PostgresWriter writer =
                    new PostgresWriter(
                            () -> around.apply(PostgresSession.toWrite(where)),
                            Migrations.postgres(where.schema()),
                            errors);
            PostgresReader reader = reader(where, PostgresSession.From.PRIMARY, errors);
            return new PostgresStore(writer, reader, errors);
        } catch (SQLException e) {
            throw errors.of("open", e);
        }
    }

    private static PostgresReader reader(
            PostgresAddress where, PostgresSession.From from, PostgresErrors errors) {
        return new PostgresReader(() -> PostgresSession.toRead(where, from), errors);
    }

    /**
     * Whether there is a store at an address already.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where that is no address, {@link
     *     ErrorCode#STORE_FAILED} where the server cannot be reached
     */
    public static boolean exists(String address) {
        PostgresAddress where = PostgresAddress.parse(address);
        PostgresErrors errors = new PostgresErrors(where);
        PostgresReader reader = reader(where, PostgresSession.From.ANY, errors);
        try {
            return reader.version(Migrations.postgres(where.schema())) > 0;
        } catch (SQLException e) {
            throw errors.of("open", e);
        } finally {
            reader.close();
        }
    }

    /**
     * Opens a store to read only, also while another process writes.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where that is no address, or
     *     nothing was kept there yet; {@link ErrorCode#STORE_FAILED} where the store cannot be
     *     read, or an older or newer version of Tidemark has written it
     */
    public static StoreReader reader(String address) {
        PostgresAddress where = PostgresAddress.parse(address);
        PostgresErrors errors = new PostgresErrors(where);
        PostgresReader reader = reader(where, PostgresSession.From.ANY, errors);
        try {
            reader.check(Migrations.postgres(where.schema()));
            return reader;
        } catch (SQLException e) {
            reader.close();
            throw errors.of("open", e);
        } catch (RuntimeException e) {
            reader.close();
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

    @Override
    public synchronized void onPosted(Runnable hint) {
        hints.add(PostgresHints.begin(() -> PostgresSession.toListen(errors.address()), hint));
    }

    @Override
    public synchronized void close() {
        hints.forEach(PostgresHints::close);
        super.close();
        try {
            writer.close();
        } catch (SQLException e) {
            throw errors.of("close", e);
        }
    }
}
