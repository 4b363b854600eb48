package dev.tidemark.simulation;

import dev.tidemark.Retry;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.time.Duration;
import java.time.Instant;

/**
 * As many retries as the task grants each class of errors, no more and no fewer, and none too soon;
 * losses apart, and capped.
 */
final class RetriesCounted extends Invariant {
    private static final int MOST_LOSSES = 3;

    private final Ledger ledger;

    RetriesCounted(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.AttemptEnded it) {
            InstanceRecord instance = ledger.instance(it.task());
            if (it.outcome() instanceof Outcome.Failed failed) {
                failed(it, failed, instance, commit.at());
            } else if (it.outcome() instanceof Outcome.Lost lost) {
                int charged = instance.chargedOfTry + (lost.charged() ? 1 : 0);
                retried(it, charged <= MOST_LOSSES, "losses that count: " + charged);
                check(it.due().equals(commit.at()), it, "waits although it was lost");
            }
        } else if (change instanceof Change.AttemptStarted it) {
            notTooSoon(it.task(), commit.at());
        } else if (change instanceof Change.TaskMoved it) {
            if (it.to() == TaskState.QUEUED) {
                notTooSoon(it.task(), commit.at());
            }
        }
    }

    private void failed(
            Change.AttemptEnded it, Outcome.Failed failed, InstanceRecord instance, Instant at) {
        Retry retry = ledger.run(it.task().run()).task(it.task().task()).policy().retry();
        int used = instance.attemptsOfTry - 1;
        int granted = retry.limits().getOrDefault(failed.errorClass(), 0);
        retried(it, used < granted, used + " of " + granted + " retries are used");
        if (it.to() == TaskState.RETRYING) {
            pause(it, retry.backoff(), used, failed, Duration.between(at, it.due()));
        }
    }

    private void retried(Change.AttemptEnded it, boolean again, String why) {
        TaskState expected = again ? TaskState.RETRYING : TaskState.FAILED;
        check(it.to() == expected, it, "should go to", expected, why);
    }

    private void pause(
            Change.AttemptEnded it,
            Retry.Backoff backoff,
            int used,
            Outcome.Failed failed,
            Duration pause) {
        double full = (double) backoff.first().toMillis();
        for (int i = 0; i < used; i++) {
            full *= backoff.factor();
        }
        full = Math.min(full, (double) backoff.ceiling().toMillis());
        double asked = (double) failed.retryAfter().orElse(Duration.ZERO).toMillis();
        double least = Math.max(asked, full * (1 - backoff.jitter())) - 1;
        double most = Math.max(asked, full) + 1;
        check(
                pause.toMillis() >= least && pause.toMillis() <= most,
                it,
                "pauses for",
                pause,
                ", not",
                least,
                "to",
                most,
                "ms");
    }

    private void notTooSoon(TaskKey key, Instant at) {
        InstanceRecord instance = ledger.instance(key);
        if (instance.state == TaskState.RETRYING) {
            check(!at.isBefore(instance.due), key, "goes on at", at, ", due:", instance.due);
        }
    }
}
