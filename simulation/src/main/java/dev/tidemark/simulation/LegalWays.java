package dev.tidemark.simulation;

import static dev.tidemark.core.TaskState.CANCELLED;
import static dev.tidemark.core.TaskState.FAILED;
import static dev.tidemark.core.TaskState.QUEUED;
import static dev.tidemark.core.TaskState.RETRYING;
import static dev.tidemark.core.TaskState.SKIPPED;
import static dev.tidemark.core.TaskState.SUCCEEDED;
import static dev.tidemark.core.TaskState.UPSTREAM_FAILED;

import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskState;
import java.util.Set;

/** Every change names the state it leaves, and takes a legal way; what has ended stays so. */
final class LegalWays extends Invariant {
    private final Ledger ledger;

    LegalWays(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.TaskMoved it) {
            TaskState from = ledger.instance(it.task()).state;
            check(from == it.from(), it, "does not leave:", from);
            check(withoutAttempt(from).contains(it.to()), it, "is no legal way");
        } else if (change instanceof Change.AttemptEnded it) {
            check(ends(it.outcome()).contains(it.to()), it, "does not follow from its outcome");
        } else if (change instanceof Change.AttemptStarted it) {
            RunRecord run = ledger.run(it.task().run());
            check(run.state == RunState.RUNNING, it, "starts while:", run);
        } else if (change instanceof Change.TaskExpanded it) {
            check(
                    ledger.run(it.run()).of(it.task()).getFirst().state == TaskState.WAITING,
                    it,
                    "does not wait any more");
        } else if (change instanceof Change.RunMoved it) {
            RunState from = ledger.run(it.run()).state;
            check(from == it.from(), it, "does not leave:", from);
            check(ways(from).contains(it.to()), it, "is no legal way");
        } else if (change instanceof Change.RunReopened it) {
            reopened(it);
        }
    }

    private void reopened(Change.RunReopened it) {
        RunRecord run = ledger.run(it.run());
        check(
                it.tryNumber() == run.tryNumber || it.tryNumber() == run.tryNumber + 1,
                it,
                "after try",
                run.tryNumber);
        check(
                it.tryNumber() > run.tryNumber || run.version.equals(it.version()),
                it,
                "changes the version in the middle of a try:",
                run);
        for (InstanceRecord instance : run.instances()) {
            check(instance.state != TaskState.RUNNING, it, "while:", instance);
        }
    }

    private static Set<TaskState> withoutAttempt(TaskState from) {
        return switch (from) {
            case WAITING -> Set.of(QUEUED, SUCCEEDED, SKIPPED, UPSTREAM_FAILED, FAILED, CANCELLED);
            case QUEUED -> Set.of(CANCELLED);
            case RETRYING -> Set.of(QUEUED, CANCELLED);
            case RUNNING, SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED -> Set.of();
        };
    }

    private static Set<TaskState> ends(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> Set.of(SUCCEEDED);
            case Outcome.Skipped _ -> Set.of(SKIPPED);
            case Outcome.Stopped _ -> Set.of(CANCELLED);
            case Outcome.Failed _, Outcome.Lost _ -> Set.of(RETRYING, FAILED);
        };
    }

    private static Set<RunState> ways(RunState from) {
        return switch (from) {
            case QUEUED -> Set.of(RunState.RUNNING, RunState.CANCELLED);
            case RUNNING -> Set.of(RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED);
            case SUCCEEDED, FAILED, CANCELLED -> Set.of();
        };
    }
}
