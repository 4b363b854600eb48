package dev.tidemark.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What something waits for, or why it waits for nothing more.
 *
 * @param text for people, with values
 * @param tasks those that it waits for, or that hold what it needs; perhaps not all of them
 * @param until when it is over at the latest, where that is known
 */
public record Condition(Kind kind, String text, List<TaskKey> tasks, Optional<Instant> until) {
    /** The kinds of conditions. Programs read their names. */
    public enum Kind {
        /** Nobody carries out what is decided, because no engine is there. */
        NO_ENGINE,
        /** The run has ended. */
        RUN_ENDED,
        /** The run is under way; its tasks say what they wait for. */
        RUN_RUNNING,
        /** Nobody has asked for the run's interval since it was cleared. */
        NOT_REQUESTED,
        /** The backfill that the run belongs to is not under way. */
        INTERRUPTED,
        /** The backfill has as many runs under way as it may. */
        BACKFILL_FULL,
        /** Somebody has paused the backfill. */
        BACKFILL_PAUSED,
        /** The pipeline has as many runs under way as it may. */
        SCHEDULE_FULL,
        /** Too many of the backfill's runs failed in a row. */
        BACKFILL_HALTED,
        /** The instance has ended. */
        TASK_ENDED,
        /** An attempt runs. */
        TASK_RUNNING,
        /** The trigger rule waits for tasks upstream. */
        UPSTREAMS,
        /** The list that the task is mapped over is not there yet. */
        LIST,
        /** The pause before the next attempt is not over. */
        RETRY,
        /** Its pool has not enough slots left. */
        POOL_FULL,
        /** It needs more slots than its pool has. */
        POOL_TOO_SMALL,
        /** Its pool keeps slots for one who has waited longer. */
        POOL_RESERVED,
        /** As many attempts have started in its pool as may within a minute. */
        RATE,
        /** Its pipeline has as many attempts as it may. */
        PIPELINE_FULL,
        /** Nothing else is missing: others hold the slots of the engine, or go first. */
        SLOTS
    }

    public Condition {
        tasks = List.copyOf(tasks);
    }

    /** A condition that is about nobody else, and has no end that is known. */
    public static Condition of(Kind kind, String text) {
        return new Condition(kind, text, List.of(), Optional.empty());
    }

    Condition by(List<TaskKey> others) {
        return new Condition(kind, text, others, until);
    }

    Condition until(Instant at) {
        return new Condition(kind, text, tasks, Optional.of(at));
    }
}
