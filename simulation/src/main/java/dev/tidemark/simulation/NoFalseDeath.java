package dev.tidemark.simulation;

import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import java.time.Duration;

/**
 * No engine gives up an attempt that runs in its own process, or that has told it how it ended,
 * unless its time is over.
 */
final class NoFalseDeath extends Invariant {
    private static final String TIMED_OUT = "timed out";

    private final Ledger ledger;

    NoFalseDeath(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (!(change instanceof Change.AttemptEnded it)) {
            return;
        }
        SimulatedExecutor executor = commit.by().executor;
        if (it.outcome() instanceof Outcome.Lost lost) {
            check(
                    !executor.knows(it.token()) || executor.saidItWasLost(it.token()),
                    it,
                    "lives, in",
                    commit.by());
            check(
                    !lost.charged() || executor.saidItWasLost(it.token()),
                    it,
                    "is charged, and nobody said that it was lost");
        } else if (it.outcome() instanceof Outcome.Failed failed
                && failed.message().startsWith(TIMED_OUT)) {
            InstanceRecord instance = ledger.instance(it.task());
            Duration granted =
                    ledger.run(it.task().run()).task(it.task().task()).policy().timeout();
            Duration taken = Duration.between(instance.since, commit.at());
            check(taken.compareTo(granted) >= 0, it, "after", taken, "of", granted);
        }
    }
}
