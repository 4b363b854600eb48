package dev.tidemark.core;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the runs of schedules. Each interval that is due gets one run, or one recorded reason why
 * it has none, in the order of time and no more runs at once than may be.
 */
final class ScheduleDecisions {
    /** The most intervals that one decision passes over: a turn is to stay short. */
    static final int MOST_AT_ONCE = 1_000;

    /** A pipeline that runs continuously begins no more often than this. */
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    private ScheduleDecisions() {}

    static Decision pause(State state, Event.PauseRequested event) {
        if (state.schedule(event.pipeline()).filter(ScheduleState::isPaused).isPresent()) {
            throw refused("pipeline " + event.pipeline() + " is paused already");
        }
        return new Decision.Draft()
                .change(new Change.SchedulePaused(event.pipeline(), event.reason()))
                .next(new Event.SchedulePerhapsNext(event.pipeline()))
                .done();
    }

    static Decision resume(State state, Event.ResumeRequested event) {
        if (state.schedule(event.pipeline()).filter(ScheduleState::isPaused).isEmpty()) {
            throw refused("pipeline " + event.pipeline() + " is not paused");
        }
        return new Decision.Draft()
                .change(new Change.ScheduleResumed(event.pipeline()))
                .next(new Event.SchedulePerhapsNext(event.pipeline()))
                .done();
    }

    private static TidemarkException refused(String message) {
        return new TidemarkException(ErrorCode.INVALID_REQUEST, message);
    }

    /** Takes one step: the events that follow from it take the others. */
    static Decision next(State state, String pipeline, Instant now) {
        Optional<ScheduleState> found = state.schedule(pipeline).filter(ScheduleState::isInForce);
        if (found.isEmpty() || state.loadedDefinition(pipeline).isEmpty()) {
            return Decision.NOTHING;
        }
        Decision.Draft draft = new Decision.Draft();
        Graph graph = state.latest(pipeline);
        if (found.get().enabled().isPresent()) {
            WatermarkDecisions.begin(draft, state, found.get(), graph);
        }
        return draft.all(new Step(state, found.get(), graph, now).take()).done();
    }

    /** One step of one schedule. */
    private record Step(State state, ScheduleState schedule, Graph graph, Instant now) {
        private Decision take() {
            if (!schedule.queued().isEmpty() && hasRoom()) {
                return startQueued(state.run(schedule.queued().getFirst()).orElseThrow());
            }
            return switch (graph.timetable()) {
                case OnDemandTimetable _ -> Decision.NOTHING;
                case ContinuousTimetable timetable ->
                        schedule.enabled().isEmpty()
                                ? enable(timetable.start().orElse(now))
                                : goOn(timetable);
                case ScheduledTimetable timetable ->
                        schedule.enabled().isEmpty() ? enable(from(timetable)) : decide(timetable);
            };
        }

        private PipelineDefinition.Filling filling() {
            return graph.definition().timing().filling();
        }

        private boolean hasRoom() {
            return schedule.active().size() < filling().maxActiveRuns();
        }

        /** Somebody has cleared tasks of it, and asked for nothing more. */
        private Decision startQueued(Run run) {
            Decision.Draft draft = new Decision.Draft();
            Recovery.takeUp(draft, state, 0, BackfillPlan.Action.CONTINUE, run, now);
            return again(draft);
        }

        private Decision again(Decision.Draft draft) {
            return draft.next(new Event.SchedulePerhapsNext(schedule.pipeline())).done();
        }

        private Effect later(Instant at) {
            return new Effect.SetTimer(at, new Event.SchedulePerhapsNext(schedule.pipeline()));
        }

        private Decision enable(Instant from) {
            return again(
                    new Decision.Draft()
                            .change(new Change.ScheduleEnabled(schedule.pipeline(), from)));
        }

        /** Where the time before has no beginning, there is nothing to catch up with. */
        private Instant from(ScheduledTimetable timetable) {
            boolean begins = graph.definition().timing().bounds().from().isPresent();
            Optional<Interval> latest = graph.latestDue(now);
            if (latest.isEmpty() || (filling().catchup() && begins)) {
                latest = timetable.firstFrom(Instant.MIN);
            }
            return latest.map(Interval::start).orElse(now);
        }

        private Decision goOn(ContinuousTimetable timetable) {
            boolean busy = !schedule.active().isEmpty() || !schedule.queued().isEmpty();
            if (busy || schedule.isPaused() || !previousAllows()) {
                return Decision.NOTHING;
            }
            Instant begun = schedule.enabled().orElseThrow().from();
            Interval last = schedule.last().orElse(new Interval(begun, begun));
            Instant earliest = last.end().plus(LEAST_PAUSE);
            if (now.isBefore(earliest)) {
                return new Decision.Draft().effect(later(earliest)).done();
            }
            return timetable
                    .next(Optional.of(last), now)
                    .map(this::create)
                    .orElse(Decision.NOTHING);
        }

        private Decision decide(ScheduledTimetable timetable) {
            Optional<Interval> next = schedule.next(timetable);
            if (next.isEmpty()) {
                return Decision.NOTHING;
            }
            Instant due = graph.due(next.get());
            if (now.isBefore(due)) {
                return new Decision.Draft().effect(later(due)).done();
            }
            Optional<Interval> latest = graph.latestDue(now);
            return passed(next.get(), latest)
                    .map(why -> pass(next.get(), latest, why))
                    .orElseGet(() -> createOrWait(next.get()));
        }

        /** Why an interval that is due gets no run; empty where it is to get one. */
        private Optional<Passed> passed(Interval interval, Optional<Interval> latest) {
            if (schedule.isAhead(interval)) {
                return Optional.of(Passed.ALREADY_RUN);
            }
            Instant due = graph.due(interval);
            if (schedule.wasPausedAt(due)) {
                return Optional.of(Passed.PAUSED);
            }
            boolean skips =
                    filling().gaps() == PipelineDefinition.Gaps.SKIP
                            && isOfItsTime(due)
                            && latest.filter(it -> it.start().isAfter(interval.start()))
                                    .isPresent();
            return skips ? Optional.of(Passed.SKIPPED) : Optional.empty();
        }

        /** Whether something came due when the schedule was in force already. */
        private boolean isOfItsTime(Instant due) {
            return !due.isBefore(schedule.enabled().orElseThrow().at());
        }

        /** Passes over all that follow for the same reason, as far as one decision goes. */
        private Decision pass(Interval first, Optional<Interval> latest, Passed why) {
            Interval last = first;
            int count = 1;
            Optional<Interval> next = graph.timetable().after(last);
            while (count < MOST_AT_ONCE
                    && next.filter(it -> !now.isBefore(graph.due(it))).isPresent()
                    && passed(next.get(), latest).equals(Optional.of(why))) {
                last = next.get();
                count++;
                next = graph.timetable().after(last);
            }
            Decision.Draft draft =
                    new Decision.Draft()
                            .change(
                                    new Change.IntervalsPassed(
                                            schedule.pipeline(), first, last, count, why));
            return count < MOST_AT_ONCE ? again(draft) : draft.effect(later(now)).done();
        }

        private boolean previousAllows() {
            return !filling().dependsOnPrevious()
                    || schedule.previous().orElse(RunState.SUCCEEDED) == RunState.SUCCEEDED;
        }

        private Decision createOrWait(Interval interval) {
            Decision.Draft draft = new Decision.Draft();
            if (schedule.isPaused()) {
                return draft.done();
            }
            Instant lateAt = lateAt(interval);
            boolean isNew = graph.due(interval).isAfter(schedule.alertedAt());
            if (!lateAt.isAfter(now) && isNew && isOfItsTime(graph.due(interval))) {
                draft.change(new Change.AlertRaised(late(interval)));
            }
            if (hasRoom() && previousAllows()) {
                draft.all(create(interval));
            } else if (lateAt.isAfter(now)) {
                draft.effect(later(lateAt));
            }
            return draft.done();
        }

        /** An alert speaks for all intervals that were due when it was raised. */
        private Instant lateAt(Interval interval) {
            Instant due = graph.due(interval);
            Instant resumed = schedule.resumedAt();
            Instant from = due.isAfter(resumed) ? due : resumed;
            return from.plus(graph.definition().timing().promises().lateAfter());
        }

        private Alert late(Interval interval) {
            String why = "";
            if (!previousAllows()) {
                why = "; the run before it has not succeeded";
            } else if (!hasRoom()) {
                why = "; " + schedule.active().size() + " runs are under way, the most at once";
            }
            return new Alert(
                    Alert.Kind.INTERVAL_LATE,
                    schedule.pipeline(),
                    0,
                    interval,
                    "the interval "
                            + interval
                            + " of "
                            + schedule.pipeline()
                            + " was due at "
                            + graph.due(interval)
                            + ", and at "
                            + now
                            + " it had no run"
                            + why);
        }

        private Decision create(Interval interval) {
            long run = state.nextRun();
            RunIdentity identity =
                    new RunIdentity(
                            schedule.pipeline(),
                            "scheduled__" + DateTimeFormatter.ISO_INSTANT.format(interval.start()),
                            interval,
                            Map.of());
            Decision.Draft draft =
                    new Decision.Draft()
                            .change(new Change.RunCreated(run, identity, graph.version(), 0));
            RunDecisions.start(draft, run, 1, graph, now);
            return again(draft);
        }
    }
}
