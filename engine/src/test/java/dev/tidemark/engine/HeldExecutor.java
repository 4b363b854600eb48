package dev.tidemark.engine;

import dev.tidemark.core.Event;
import dev.tidemark.core.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Attempts that run until a test ends them. */
final class HeldExecutor implements Executor {
    private final Map<Long, Attempt> attempts = new LinkedHashMap<>();

    private record Attempt(AttemptOrder order, Consumer<Event> report) {}

    @Override
    public void start(AttemptOrder order, Consumer<Event> report) {
        attempts.put(order.token().number(), new Attempt(order, report));
    }

    @Override
    public void stop(long token) {
        attempts.remove(token);
    }

    @Override
    public Set<Long> running() {
        return Set.copyOf(attempts.keySet());
    }

    /** The one attempt of a task that runs. */
    long tokenOf(String task) {
        return attempts.values().stream()
                .map(Attempt::order)
                .filter(order -> order.key().task().equals(task))
                .mapToLong(order -> order.token().number())
                .reduce(
                        (one, other) -> {
                            throw new AssertionError(task + " runs twice: " + one + ", " + other);
                        })
                .orElseThrow(() -> new AssertionError(task + " does not run: " + attempts));
    }

    void end(long token, Outcome outcome) {
        Attempt attempt = Objects.requireNonNull(attempts.remove(token));
        attempt.report().accept(new Event.AttemptReported(attempt.order().key(), token, outcome));
    }

    @Override
    public void close() {
        attempts.clear();
    }
}
