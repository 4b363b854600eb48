package dev.tidemark.core;

import static dev.tidemark.core.BackfillState.CANCELLED;
import static dev.tidemark.core.BackfillState.COMPLETED;
import static dev.tidemark.core.BackfillState.COMPLETED_WITH_FAILURES;
import static dev.tidemark.core.BackfillState.HALTED;
import static dev.tidemark.core.BackfillState.PAUSED;
import static dev.tidemark.core.BackfillState.RUNNING;
import static dev.tidemark.core.BackfillState.TAKEN_UP;

import java.util.List;

/** Every legal way of a backfill. What is not in this table does not happen. */
public final class BackfillTransitions {
    /** One legal way, and what takes it. */
    public record Way(BackfillState from, String signal, BackfillState to) {}

    /** The table. {@code docs/states.md} is drawn from it. */
    public static final List<Way> ALL =
            List.of(
                    new Way(RUNNING, "PAUSE", PAUSED),
                    new Way(RUNNING, "COMPLETE", COMPLETED),
                    new Way(RUNNING, "COMPLETE", COMPLETED_WITH_FAILURES),
                    new Way(RUNNING, "HALT", HALTED),
                    new Way(RUNNING, "TAKE_UP", TAKEN_UP),
                    new Way(RUNNING, "CANCEL", CANCELLED),
                    //
                    new Way(PAUSED, "RESUME", RUNNING),
                    new Way(PAUSED, "COMPLETE", COMPLETED),
                    new Way(PAUSED, "COMPLETE", COMPLETED_WITH_FAILURES),
                    new Way(PAUSED, "HALT", HALTED),
                    new Way(PAUSED, "CANCEL", CANCELLED));

    private BackfillTransitions() {}

    public static boolean isLegal(BackfillState from, BackfillState to) {
        return ALL.stream().anyMatch(way -> way.from() == from && way.to() == to);
    }
}
