package dev.tidemark.core;

import java.util.List;

/**
 * What somebody asks of the engine from another process. It is posted to the store under a key of
 * its own, and whichever engine is active answers it, once.
 */
public sealed interface Command {
    /** Run intervals of a pipeline. */
    record Request(String pipeline, RunRequest request) implements Command {}

    /** Run tasks of a run again. */
    record Clear(long run, List<TaskKey> tasks) implements Command {
        public Clear {
            tasks = List.copyOf(tasks);
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
    record RerunRun(long run, List<TaskKey> tasks, String reason) implements Command {
        public RerunRun {
            tasks = List.copyOf(tasks);
        }
    }

    /** Pause, resume or give up a backfill. */
    record Steer(long backfill, Steering steering, String reason) implements Command {}

    /** Run again what failed of a backfill that has ended, and what it did not start. */
    record RerunBackfill(long backfill, String reason) implements Command {}
}
