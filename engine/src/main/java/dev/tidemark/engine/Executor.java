package dev.tidemark.engine;

import dev.tidemark.core.Event;
import java.util.Set;
import java.util.function.Consumer;

/** Where attempts run. It starts them and tells how they end. */
public interface Executor extends AutoCloseable {
    /**
     * Starts an attempt and returns at once.
     *
     * @param report takes the one {@link Event.AttemptReported} that says how it ended, on any
     *     thread
     */
    void start(AttemptOrder order, Consumer<Event> report);

    /** Asks the attempt that holds this token to stop. It no longer counts, whatever it does. */
    void stop(long token);

    /**
     * The tokens of attempts that were started here and whose end was not told yet. Any thread may
     * ask.
     */
    Set<Long> running();

    /** Stops all attempts, and waits a moment for them. */
    @Override
    void close();
}
