package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.ScheduleState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine has to know of a pipeline's schedule that takes it up. Runs that somebody gave
 * parameters to are not the schedule's, but they may be open.
 *
 * @param kept how it stands; nothing where it was neither enabled nor paused
 * @param ahead the runs whose intervals start after the last one that was decided
 * @param previous of the others, the one whose interval starts last
 * @param open the runs without a backfill that have not ended, oldest first
 */
public record Standing(
        ScheduleState.Kept kept,
        Map<Interval, BackfillPlan.Existing> ahead,
        Optional<ScheduleState.Previous> previous,
        List<Long> open) {}
