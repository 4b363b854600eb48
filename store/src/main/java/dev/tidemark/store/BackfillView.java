package dev.tidemark.store;

import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A backfill, for people and for taking it up. */
public record BackfillView(
        long number, BackfillPlan plan, Status status, Progress progress, Times times) {
    /**
     * How it stands.
     *
     * @param reason why it ended so; empty where there is nothing to say
     */
    public record Status(BackfillState state, String reason) {
        static final Status RUNNING = new Status(BackfillState.RUNNING, "");
    }

    /**
     * How far it is.
     *
     * @param skipped intervals passed over
     * @param runs how many of the runs whose current try belongs to it are in which state; a state
     *     without runs is missing
     */
    public record Progress(int skipped, Map<RunState, Integer> runs) {
        public Progress {
            runs = Map.copyOf(runs);
        }
    }

    /** When it was created and ended. */
    public record Times(Instant created, Optional<Instant> ended) {}

    public BackfillState state() {
        return status.state();
    }
}
