package dev.tidemark.core;

import dev.tidemark.PipelineDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Something that happened, or that somebody asks for, and that needs a decision. */
public sealed interface Event {
    /** The code of a pipeline is at hand, in this version. */
    record PipelineLoaded(String version, PipelineDefinition definition) implements Event {}

    /**
     * Somebody asks for intervals of a pipeline to be run.
     *
     * @param replaces an interrupted backfill that this one takes up, 0 for none
     */
    record BackfillRequested(BackfillPlan plan, long replaces) implements Event {}

    /**
     * A new owner of the store has read what an earlier one left of a backfill.
     *
     * @param alive the tokens of attempts that are known to run still
     */
    record BackfillResumed(long backfill, Set<Long> alive) implements Event {
        public BackfillResumed {
            alive = Set.copyOf(alive);
        }
    }

    /**
     * An engine that starts runs by itself has the code of a pipeline, and has read what there is
     * of its schedule.
     *
     * @param alive the tokens of attempts that are known to run still
     */
    record ScheduleTakenUp(String pipeline, Set<Long> alive) implements Event {
        public ScheduleTakenUp {
            alive = Set.copyOf(alive);
        }
    }

    /** The next interval of a pipeline may be due, or there may be room for it. */
    record SchedulePerhapsNext(String pipeline) implements Event {}

    /** Somebody asks that a pipeline start nothing by itself for now. */
    record PauseRequested(String pipeline, String reason) implements Event {}

    /** Somebody asks that a paused pipeline go on. */
    record ResumeRequested(String pipeline) implements Event {}

    /** A try of a run has perhaps taken as long as it may. */
    record RunPerhapsOverdue(long run, int tryNumber) implements Event {}

    /**
     * Somebody asks for a backfill to be paused, resumed or given up.
     *
     * @param kept how the store says that it stands: it may be nobody's at the moment
     */
    record BackfillSteered(long backfill, BackfillState kept, Steering steering, String reason)
            implements Event {}

    /** A posted command was looked at. */
    record CommandHandled(String key, Answer answer) implements Event {}

    /** Somebody asks for a run to be given up. */
    record CancelRequested(long run, String reason) implements Event {}

    /** Somebody asks for tasks of a run to be run again. */
    record ClearRequested(long run, List<TaskKey> tasks, boolean acceptUnknownEffects)
            implements Event {
        public ClearRequested {
            tasks = List.copyOf(tasks);
        }

        /** Unknown effects are refused. */
        public ClearRequested(long run, List<TaskKey> tasks) {
            this(run, tasks, false);
        }
    }

    /** Somebody asks for a pool to have this limit. */
    record PoolSetRequested(PoolLimit limit) implements Event {}

    /** Somebody asks for a pool to have no limit any more. */
    record PoolRemovalRequested(String pool) implements Event {}

    /** The rate of a pool may allow the next start, now or later. */
    record RatePerhapsAllows(PoolKey pool) implements Event {}

    /**
     * Somebody says how tasks of a run end, whatever they do at the moment.
     *
     * @param to {@link TaskState#SUCCEEDED}, {@link TaskState#FAILED} or {@link
     *     TaskState#CANCELLED}
     */
    record MarkRequested(long run, List<TaskKey> tasks, TaskState to, String reason)
            implements Event {
        public MarkRequested {
            tasks = List.copyOf(tasks);
        }
    }

    /** Somebody puts a watermark somewhere. */
    record WatermarkSetRequested(WatermarkKey watermark, Instant to, String reason)
            implements Event {}

    /** Running tasks of a version twice was shown to be running them once. */
    record TasksShown(String pipeline, String version, Set<String> tasks) implements Event {
        public TasksShown {
            tasks = Set.copyOf(tasks);
        }
    }

    /** An attempt ended; only the holder of the current token is believed. */
    record AttemptReported(TaskKey task, long token, Outcome outcome) implements Event {}

    /** An attempt has taken as long as it may. */
    record AttemptTimedOut(TaskKey task, long token) implements Event {}

    /** The pause before the next attempt is over. */
    record RetryDue(TaskKey task) implements Event {}

    /** The state of a task changed, so this one may have to. Follows from other decisions. */
    record Reconsider(long run, String task) implements Event {}

    /** All tasks of a run may have ended. Follows from other decisions. */
    record RunPerhapsDone(long run) implements Event {}

    /** A slot may be free. Follows from other decisions. */
    record SlotPerhapsFree() implements Event {}

    /** A backfill may have room for its next interval. Follows from other decisions. */
    record BackfillPerhapsNext(long backfill) implements Event {}
}
