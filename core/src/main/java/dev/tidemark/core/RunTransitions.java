package dev.tidemark.core;

import static dev.tidemark.core.RunState.CANCELLED;
import static dev.tidemark.core.RunState.FAILED;
import static dev.tidemark.core.RunState.QUEUED;
import static dev.tidemark.core.RunState.RUNNING;
import static dev.tidemark.core.RunState.SUCCEEDED;

import java.util.List;

/** Every legal way of a run. What is not in this table does not happen. */
public final class RunTransitions {
    /** One legal way, and what takes it. */
    public record Way(RunState from, String signal, RunState to) {}

    /** The table. {@code docs/states.md} is drawn from it. */
    public static final List<Way> ALL =
            List.of(
                    new Way(QUEUED, "START", RUNNING),
                    new Way(QUEUED, "CANCEL", CANCELLED),
                    new Way(RUNNING, "SUCCEED", SUCCEEDED),
                    new Way(RUNNING, "FAIL", FAILED),
                    new Way(RUNNING, "CANCEL", CANCELLED),
                    new Way(RUNNING, "REOPEN", QUEUED),
                    new Way(SUCCEEDED, "REOPEN", QUEUED),
                    new Way(FAILED, "REOPEN", QUEUED),
                    new Way(CANCELLED, "REOPEN", QUEUED));

    private RunTransitions() {}

    public static boolean isLegal(RunState from, RunState to) {
        return ALL.stream().anyMatch(way -> way.from() == from && way.to() == to);
    }
}
