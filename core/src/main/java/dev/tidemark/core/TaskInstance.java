package dev.tidemark.core;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a task in a run. Changed only by folding a {@link Change}; owned by the thread
 * that owns the {@link State}.
 */
public final class TaskInstance {
    private final TaskKey key;
    private TaskState state = TaskState.WAITING;
    private int started;
    private int losses;
    private int startedBeforeTry;
    private int lossesBeforeTry;
    private long token;
    private Instant since = Instant.EPOCH;
    private Instant due = Instant.EPOCH;
    private Instant queuedSince = Instant.EPOCH;
    private @Nullable TaskResult result;

    TaskInstance(TaskKey key) {
        this.key = key;
    }

    public TaskKey key() {
        return key;
    }

    public TaskState state() {
        return state;
    }

    /** Attempts of the task's own code, over all tries of the run; lost ones do not count. */
    public int attempts() {
        return started - losses;
    }

    /** Attempts started, lost ones included: the number of the latest. */
    public int started() {
        return started;
    }

    /** Attempts lost with their surroundings. */
    public int losses() {
        return losses;
    }

    /** The token of the latest attempt; 0 before the first. */
    public long token() {
        return token;
    }

    /** Since when the latest attempt has been running. */
    public Instant since() {
        return since;
    }

    /** When a retry may start. */
    public Instant due() {
        return due;
    }

    /** Since when it waits for slots; meaningful for {@link TaskState#QUEUED}. */
    public Instant queuedSince() {
        return queuedSince;
    }

    /** What it handed on, once it succeeded. */
    public Optional<TaskResult> result() {
        return Optional.ofNullable(result);
    }

    /** How many attempts of this try have used up retries. */
    int retriesUsed() {
        return attempts() - (startedBeforeTry - lossesBeforeTry) - 1;
    }

    int lossesOfTry() {
        return losses - lossesBeforeTry;
    }

    /** Whether an attempt with this token runs and is the current one. */
    public boolean holds(long asked) {
        return state == TaskState.RUNNING && token == asked;
    }

    private void move(TaskState to) {
        if (!TaskTransitions.isLegal(state, to)) {
            throw new IllegalStateException(
                    key.label()
                            + " of run "
                            + key.run()
                            + " cannot go from "
                            + state
                            + " to "
                            + to);
        }
        state = to;
    }

    /** Goes to another state without an attempt. */
    void move(TaskState to, Instant at) {
        move(to);
        if (to == TaskState.QUEUED) {
            queuedSince = at;
        }
    }

    void start(int number, long newToken, Instant at) {
        move(TaskState.RUNNING);
        started = number;
        token = newToken;
        since = at;
    }

    void end(TaskState to, Outcome outcome, Instant nextDue) {
        move(to);
        due = nextDue;
        if (outcome instanceof Outcome.Succeeded succeeded) {
            result = succeeded.result();
        }
        if (outcome instanceof Outcome.Lost lost) {
            losses++;
            if (!lost.charged()) {
                lossesBeforeTry++;
                startedBeforeTry++;
            }
        }
    }

    void clear() {
        if (state != TaskState.WAITING) {
            move(TaskState.WAITING);
        }
        result = null;
        startedBeforeTry = started;
        lossesBeforeTry = losses;
    }
}
