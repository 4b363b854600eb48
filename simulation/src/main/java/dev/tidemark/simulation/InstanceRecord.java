package dev.tidemark.simulation;

import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskResult;
import dev.tidemark.core.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the committed history says of one task instance. */
final class InstanceRecord {
    final TaskKey key;
    TaskState state = TaskState.WAITING;
    long token;
    int started;
    int losses;

    /** Since it was last cleared: attempts but those lost, and losses that were charged. */
    int attemptsOfTry;

    int chargedOfTry;
    Instant since = Instant.EPOCH;
    Instant due = Instant.EPOCH;
    Instant queuedSince = Instant.EPOCH;
    @Nullable TaskResult result;

    InstanceRecord(TaskKey key) {
        this.key = key;
    }

    void move(TaskState to, Instant at) {
        state = to;
        if (to == TaskState.QUEUED) {
            queuedSince = at;
        }
    }

    void start(int number, long newToken, Instant at) {
        state = TaskState.RUNNING;
        started = number;
        token = newToken;
        since = at;
        attemptsOfTry++;
    }

    void end(TaskState to, Outcome outcome, Instant nextDue) {
        state = to;
        due = nextDue;
        if (outcome instanceof Outcome.Succeeded succeeded) {
            result = succeeded.result();
        } else if (outcome instanceof Outcome.Lost lost) {
            losses++;
            attemptsOfTry--;
            chargedOfTry += lost.charged() ? 1 : 0;
        }
    }

    void clear() {
        state = TaskState.WAITING;
        result = null;
        attemptsOfTry = 0;
        chargedOfTry = 0;
    }

    @Override
    public String toString() {
        return key.label() + " of run " + key.run() + " is " + state + " under token " + token;
    }
}
