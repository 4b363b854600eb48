package dev.tidemark.store;

import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Attempts, in memory. */
final class MemoryAttempts {
    static final Comparator<TaskKey> TASKS =
            Comparator.comparingLong(TaskKey::run)
                    .thenComparing(TaskKey::task)
                    .thenComparingInt(TaskKey::element);

    private final MemoryTable<Key, AttemptView> attempts;

    MemoryAttempts(Undo undo) {
        attempts = new MemoryTable<>(Key.ORDER, undo);
    }

    private record Key(TaskKey task, long token) {
        static final Comparator<Key> ORDER =
                Comparator.comparing(Key::task, TASKS).thenComparingLong(Key::token);
    }

    void start(Change.AttemptStarted it, Instant at) {
        attempts.put(
                new Key(it.task(), it.token()),
                new AttemptView(
                        it.task(),
                        it.number(),
                        it.token(),
                        AttemptView.Status.RUNNING,
                        new AttemptView.Times(at, Optional.empty())));
    }

    void end(TaskKey task, long token, AttemptView.Status status, Instant at) {
        attempts.get(new Key(task, token))
                .ifPresent(
                        attempt ->
                                put(
                                        attempt,
                                        status,
                                        new AttemptView.Times(
                                                attempt.times().started(), Optional.of(at))));
    }

    /** Ends the attempt of a task that is running, if it is, without waiting for it. */
    void stop(TaskView task, String reason, Instant at) {
        if (task.state() == TaskState.RUNNING) {
            end(
                    task.task(),
                    task.latest().token(),
                    new AttemptView.Status(
                            AttemptState.STOPPED, Optional.empty(), reason, Optional.empty()),
                    at);
        }
    }

    void late(Change.LateResult it) {
        attempts.get(new Key(it.task(), it.token()))
                .ifPresent(
                        attempt ->
                                put(
                                        attempt,
                                        attempt.status().withLate(it.outcome()),
                                        attempt.times()));
    }

    private void put(AttemptView attempt, AttemptView.Status status, AttemptView.Times times) {
        attempts.put(
                new Key(attempt.task(), attempt.token()),
                new AttemptView(attempt.task(), attempt.number(), attempt.token(), status, times));
    }

    List<AttemptView> ofTask(long run, String task) {
        return attempts.between(
                new Key(new TaskKey(run, task, TaskKey.NONE), 0),
                new Key(new TaskKey(run, task, Integer.MAX_VALUE), Long.MAX_VALUE));
    }
}
