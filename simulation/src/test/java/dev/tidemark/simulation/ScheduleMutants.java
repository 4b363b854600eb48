package dev.tidemark.simulation;

import static dev.tidemark.simulation.Mutant.core;
import static dev.tidemark.simulation.Mutant.engine;
import static dev.tidemark.simulation.Mutant.store;

import java.util.List;

/** Mistakes about schedules that the simulation has to find. */
final class ScheduleMutants {
    private ScheduleMutants() {}

    static final List<Mutant> ALL =
            List.of(
                    core(
                            "intervals in a pause are run",
                            "ScheduleDecisions",
                            "if (schedule.wasPausedAt(due)) {",
                            "if (false) {"),
                    core(
                            "a pause is forgotten by what waits",
                            "ScheduleDecisions",
                            "if (schedule.isPaused()) {\n                return draft.done();",
                            "if (false) {\n                return draft.done();"),
                    core(
                            "more runs at once than may be",
                            "ScheduleDecisions",
                            "return schedule.active().size() < filling().maxActiveRuns();",
                            "return true;"),
                    core(
                            "what somebody else has run is run again",
                            "ScheduleDecisions",
                            "if (schedule.isAhead(interval)) {",
                            "if (false) {"),
                    core(
                            "the previous run does not matter",
                            "ScheduleDecisions",
                            "return !filling().dependsOnPrevious()",
                            "return true || !filling().dependsOnPrevious()"),
                    core(
                            "started before it is due",
                            "ScheduleDecisions",
                            "            if (now.isBefore(due)) {",
                            "            if (false) {"),
                    core(
                            "an alert for each interval of a gap",
                            "ScheduleDecisions",
                            "boolean isNew = graph.due(interval).isAfter(schedule.alertedAt());",
                            "boolean isNew = true;"),
                    core(
                            "an overdue run is told of again by the next owner",
                            "Run",
                            "        overdue = true;",
                            ""),
                    core(
                            "a run that ends makes no room",
                            "RunDecisions",
                            "        draft.next(new Event.SchedulePerhapsNext("
                                    + "run.identity().pipeline()));",
                            ""),
                    engine(
                            "schedules forgotten at take-over",
                            "Loop",
                            "schedules.forEach(pipeline -> turn.decide(new"
                                    + " Event.ScheduleTakenUp(pipeline, alive)));",
                            ""),
                    engine(
                            "runs of schedules forgotten at take-over",
                            "Loading",
                            "open.addAll(standing.open());",
                            ""),
                    store(
                            "the last interval is not kept",
                            "MemorySchedules",
                            "return later ? new Row(enabled, Optional.of(to), pauses, reason,"
                                    + " alertedAt) : this;",
                            "return this;"));
}
