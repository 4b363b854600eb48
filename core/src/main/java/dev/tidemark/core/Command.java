package dev.tidemark.core;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What somebody asks of the engine from another process. It is posted to the store under a key of
 * its own, and whichever engine is active answers it, once.
 */
public sealed interface Command {
    /** Whether a backfill comes of it, so that the code of its pipeline is needed. */
    default boolean isForWork() {
        return switch (this) {
            case Request _, RerunRun _, RerunBackfill _ -> true;
            case Clear _,
                    Cancel _,
                    Mark _,
                    Steer _,
                    Verify _,
                    SetPool _,
                    RemovePool _,
                    PausePipeline _,
                    ResumePipeline _,
                    SetWatermark _ ->
                    false;
        };
    }

    /** Run intervals of a pipeline. */
    record Request(String pipeline, RunRequest request) implements Command {}

    /** Run tasks of a run again. */
    record Clear(long run, List<TaskKey> tasks, boolean acceptUnknownEffects) implements Command {
        public Clear {
            tasks = List.copyOf(tasks);
        }

        /** Unknown effects are refused. */
        public Clear(long run, List<TaskKey> tasks) {
            this(run, tasks, false);
        }
    }

    /** Start nothing of a pipeline by itself for now. */
    record PausePipeline(String pipeline, String reason) implements Command {}

    /** Have a paused pipeline go on. */
    record ResumePipeline(String pipeline) implements Command {}

    /** Give a pool this limit. */
    record SetPool(PoolLimit limit) implements Command {}

    /** Take the limit of a pool away. */
    record RemovePool(String pool) implements Command {}

    /** Give up a run. */
    record Cancel(long run, String reason) implements Command {}

    /**
     * Say how tasks of a run end.
     *
     * @param to {@link TaskState#SUCCEEDED}, {@link TaskState#FAILED} or {@link
     *     TaskState#CANCELLED}
     */
    record Mark(long run, List<TaskKey> tasks, TaskState to, String reason) implements Command {
        public Mark {
            tasks = List.copyOf(tasks);
        }
    }

    /** Clear tasks of a run, and go on with it now. */
    record RerunRun(long run, List<TaskKey> tasks, boolean acceptUnknownEffects, String reason)
            implements Command {
        public RerunRun {
            tasks = List.copyOf(tasks);
        }

        /** Unknown effects are refused. */
        public RerunRun(long run, List<TaskKey> tasks, String reason) {
            this(run, tasks, false, reason);
        }
    }

    /** Pause, resume or give up a backfill. */
    record Steer(long backfill, Steering steering, String reason) implements Command {}

    /** Run again what failed of a backfill that has ended, and what it did not start. */
    record RerunBackfill(long backfill, boolean acceptUnknownEffects, String reason)
            implements Command {
        /** Unknown effects are refused. */
        public RerunBackfill(long backfill, String reason) {
            this(backfill, false, reason);
        }
    }

    /**
     * Put a watermark somewhere.
     *
     * @param reason why; kept with the move
     */
    record SetWatermark(WatermarkKey watermark, Instant to, String reason) implements Command {}

    /**
     * Keep that running tasks of a version twice was shown to be running them once.
     *
     * @param tasks names of tasks of that version
     */
    record Verify(String pipeline, String version, Set<String> tasks) implements Command {
        public Verify {
            tasks = Set.copyOf(tasks);
        }
    }
}
