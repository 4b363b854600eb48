package dev.tidemark.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Listens, on a thread and a connection of its own, for commands that are posted. Where the server
 * is away it says nothing, and goes on when the server is back.
 */
final class PostgresHints implements AutoCloseable {
    /** Now and then it asks by itself: a connection that was cut in silence is noticed so. */
    private static final int LISTEN_MS = 30_000;

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PostgresWriter.Opening opening;
    private final Runnable hint;
    private final Thread thread;

    /** Guarded by this object, like the next. */
    private @Nullable Connection connection;

    private boolean closed;

    private PostgresHints(PostgresWriter.Opening opening, Runnable hint) {
        this.opening = opening;
        this.hint = hint;
        this.thread = Thread.ofPlatform().daemon().name("tidemark-hints").unstarted(this::listen);
    }

    static PostgresHints begin(PostgresWriter.Opening opening, Runnable hint) {
        PostgresHints hints = new PostgresHints(opening, hint);
        hints.thread.start();
        return hints;
    }

    private void listen() {
        while (!isClosed()) {
            try (Connection open = opening.open()) {
                if (!keep(open)) {
                    return;
                }
                listen(open);
            } catch (SQLException _) {
                // The server is away, or this was closed. Whoever polls misses nothing.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void listen(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(PostgresCommands.LISTEN);
            // For what was posted before.
            hint.run();
            PGConnection told = open.unwrap(PGConnection.class);
            while (!isClosed()) {
                if (told.getNotifications(LISTEN_MS).length > 0) {
                    hint.run();
                } else {
                    statement.execute(PostgresCommands.LISTEN);
                }
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean keep(Connection open) {
        connection = open;
        return !closed;
    }

    /** Cuts the connection: the thread waits for the server to say something. */
    @Override
    public synchronized void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException _) {
                // Then the thread ends when it next looks.
            }
        }
    }
}
