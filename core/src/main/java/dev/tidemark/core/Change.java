package dev.tidemark.core;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A fact: something that is so from now on. The history is the list of all changes with their
 * times; folding it gives the state. Stores keep changes, nothing else.
 */
public sealed interface Change {
    /** A version of a pipeline is known. */
    record PipelineRegistered(String version, PipelineDefinition definition) implements Change {}

    /** Running tasks of a version twice was shown to be running them once. */
    record TasksVerified(String pipeline, String version, Set<String> tasks) implements Change {
        public TasksVerified {
            tasks = Set.copyOf(tasks);
        }
    }

    /**
     * A run exists, queued, its tasks waiting.
     *
     * @param backfill the backfill it belongs to, 0 where its pipeline's schedule made it
     */
    record RunCreated(long run, RunIdentity identity, String version, long backfill)
            implements Change {}

    /** A run went from one state to another. */
    record RunMoved(long run, RunState from, RunState to) implements Change {}

    /**
     * A run is queued again: taken up in the same try after an interruption, or for its next one,
     * perhaps under another version. Tasks of the same name keep their state; {@link TaskCleared}
     * follows for those that run again.
     */
    record RunReopened(long run, int tryNumber, String version, long backfill) implements Change {}

    /** A mapped task was expanded into this many waiting instances. */
    record TaskExpanded(long run, String task, int elements) implements Change {}

    /** An instance went from one state to another without an attempt. */
    record TaskMoved(TaskKey task, TaskState from, TaskState to, String reason) implements Change {}

    /**
     * An instance is to run again; {@link TaskKey#NONE} for all instances of a task, which is then
     * no longer expanded.
     */
    record TaskCleared(TaskKey task) implements Change {}

    /**
     * An attempt holds the token. Its code may start once this is kept.
     *
     * @param number counts the instance's attempts, from 1, lost ones included
     */
    record AttemptStarted(TaskKey task, int number, long token) implements Change {}

    /**
     * An attempt ended, and the instance went on to {@code to}.
     *
     * @param due when the next attempt may start; meaningful for {@link TaskState#RETRYING}
     */
    record AttemptEnded(TaskKey task, long token, TaskState to, Outcome outcome, Instant due)
            implements Change {}

    /** An attempt that no longer held the token told how it ended. Nothing else changes. */
    record LateResult(TaskKey task, long token, Outcome outcome) implements Change {}

    /** A backfill exists, and runs. */
    record BackfillCreated(long backfill, BackfillPlan plan) implements Change {}

    /** A backfill passed over an interval, for the reason given. */
    record IntervalSkipped(long backfill, Interval interval, String reason) implements Change {}

    /** A backfill was paused, or resumed. */
    record BackfillMoved(long backfill, BackfillState from, BackfillState to) implements Change {}

    /** A backfill ended. */
    record BackfillEnded(long backfill, BackfillState state, String reason) implements Change {}

    /** Something about the schedule of a pipeline, and none of its runs. */
    sealed interface OfSchedule extends Change {
        String pipeline();
    }

    /**
     * A pipeline's schedule is in force from now on.
     *
     * @param from intervals that start earlier are not its to run
     */
    record ScheduleEnabled(String pipeline, Instant from) implements OfSchedule {}

    /** A pipeline is not to start anything by itself for now. */
    record SchedulePaused(String pipeline, String reason) implements OfSchedule {}

    /** A pipeline that was paused goes on. */
    record ScheduleResumed(String pipeline) implements OfSchedule {}

    /**
     * Intervals that were due got no run from their schedule, for one and the same reason.
     *
     * @param first the first of them
     * @param last the last of them; all those of the schedule in between are meant too
     * @param count how many they are
     */
    record IntervalsPassed(String pipeline, Interval first, Interval last, int count, Passed why)
            implements OfSchedule {}

    /** Something about a watermark. */
    sealed interface OfWatermark extends Change {
        WatermarkKey watermark();
    }

    /**
     * A watermark stands somewhere else, or for the first time.
     *
     * @param from where it stood; empty where it never stood anywhere
     * @param to all intervals before this, back to where it began, are proven
     * @param reason which run, or who, moved it
     */
    record WatermarkMoved(WatermarkKey watermark, Optional<Instant> from, Instant to, String reason)
            implements OfWatermark {}

    /** An interval is proven, and the watermark has not come so far. */
    record IntervalAhead(WatermarkKey watermark, Interval interval) implements OfWatermark {}

    /** An interval ahead of the watermark is to be proven anew. */
    record IntervalNoLongerAhead(WatermarkKey watermark, Interval interval)
            implements OfWatermark {}

    /** Somebody should look at something. */
    record AlertRaised(Alert alert) implements Change {}

    /** A pool has this limit from now on. */
    record PoolSet(PoolLimit limit) implements Change {}

    /** A pool has no limit any more. */
    record PoolRemoved(String pool) implements Change {}

    /**
     * The start of an attempt counts towards the rate of a pool. Kept by itself, since whoever owns
     * the store next knows no runs that have ended.
     */
    record StartCounted(PoolKey pool, long token) implements Change {}

    /** A posted command got its answer. */
    record CommandAnswered(String key, Answer answer) implements Change {}
}
