package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The schedules that are at hand. Belongs to the thread that owns the {@link State}. */
public final class Schedules {
    private final Map<String, ScheduleState> schedules = new HashMap<>();

    Schedules() {}

    /** A pipeline's schedule, where it is at hand. */
    public Optional<ScheduleState> find(String pipeline) {
        return Optional.ofNullable(schedules.get(pipeline));
    }

    private ScheduleState of(String pipeline) {
        return schedules.computeIfAbsent(
                pipeline, name -> new ScheduleState(name, ScheduleState.Kept.NOTHING));
    }

    /**
     * Brings in what a store keeps of a schedule.
     *
     * @param ahead the runs of intervals that it has not decided yet
     * @param previous the run of the latest interval that it has decided
     */
    public void bringIn(
            String pipeline,
            ScheduleState.Kept kept,
            Map<Interval, BackfillPlan.Existing> ahead,
            Optional<ScheduleState.Previous> previous) {
        ScheduleState schedule = new ScheduleState(pipeline, kept);
        schedule.know(ahead, previous);
        schedules.put(pipeline, schedule);
    }

    /** Says that this engine starts the runs of a pipeline's schedule. */
    public void enforce(String pipeline) {
        of(pipeline).enforce();
    }

    /** Whether a run without a backfill is under way. */
    boolean haveUnderWay(Run run) {
        return find(run.identity().pipeline())
                .filter(ScheduleState::isInForce)
                .filter(it -> it.active().contains(run.number()))
                .isPresent();
    }

    void fold(Change.OfSchedule change, Instant at) {
        of(change.pipeline()).fold(change, at);
    }

    void alerted(String pipeline, Instant at) {
        of(pipeline).alerted(at);
    }

    /** A schedule runs intervals with no parameters but the defaults. */
    void created(Change.RunCreated it) {
        find(it.identity().pipeline())
                .ifPresent(
                        schedule -> {
                            if (it.backfill() == 0) {
                                schedule.created(it.run(), it.identity().interval());
                            } else if (it.identity().parameters().isEmpty()) {
                                schedule.createdByOther(it.run(), it.identity().interval());
                            }
                        });
    }

    void moved(Run run, RunState to) {
        find(run.identity().pipeline()).ifPresent(schedule -> schedule.moved(run.number(), to));
    }

    void reopened(Run run, long backfill) {
        find(run.identity().pipeline())
                .ifPresent(schedule -> schedule.reopened(run.number(), backfill));
    }
}
