package dev.tidemark.simulation;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Alert;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Each interval that is due, in order, gets one run or one recorded reason why it has none; a run
 * only when it may, and a reason only where it is true.
 */
final class SchedulesCoverTheirTime extends Invariant {
    private final World world;
    private final Ledger ledger;
    private final Set<Object> alerted = new HashSet<>();

    SchedulesCoverTheirTime(World world) {
        this.world = world;
        this.ledger = world.ledger;
    }

    private record Overdue(long run, int tryNumber) {}

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.RunCreated it && it.backfill() == 0) {
            created(it, commit);
        } else if (change instanceof Change.OfSchedule it) {
            ofSchedule(it, commit);
        } else if (change instanceof Change.AlertRaised it) {
            alerted(it.alert());
        }
    }

    private void ofSchedule(Change.OfSchedule change, Committed commit) {
        ScheduleRecord schedule = ledger.schedule(change.pipeline());
        switch (change) {
            case Change.ScheduleEnabled it -> {
                check(schedule.enabledAt == null, it, "is enabled twice");
                check(commit.by().isServer(), it, "by", commit.by());
            }
            case Change.SchedulePaused it -> check(!schedule.isPaused(), it, "is paused already");
            case Change.ScheduleResumed it -> check(schedule.isPaused(), it, "was not paused");
            case Change.IntervalsPassed it -> passed(it, commit);
        }
    }

    private void alerted(Alert alert) {
        if (alert.kind() == Alert.Kind.RUN_OVERDUE) {
            RunRecord run = ledger.run(alert.run());
            check(run.state == RunState.RUNNING, alert, "while", run);
            check(
                    alerted.add(new Overdue(run.number, run.tryNumber)),
                    alert,
                    "is said again of the same try");
        } else {
            check(alerted.add(alert.interval() + alert.pipeline()), alert, "is said again");
        }
    }

    private void created(Change.RunCreated it, Committed commit) {
        String pipeline = it.identity().pipeline();
        Interval interval = it.identity().interval();
        PipelineDefinition definition = world.definition(pipeline, it.version());
        ScheduleRecord schedule = ledger.schedule(pipeline);
        PipelineDefinition.Filling filling = definition.timing().filling();
        check(
                next(definition, schedule).equals(Optional.of(interval)),
                it,
                "is out of turn; next is:",
                next(definition, schedule));
        check(!interval.end().isAfter(commit.at()), it, "is not due at", commit.at());
        check(!schedule.isPaused() && !schedule.wasPausedAt(interval.end()), it, "in a pause");
        check(
                ledger.ofSchedule(pipeline, RunState.RUNNING).size() < filling.maxActiveRuns(),
                it,
                "while as many as may be are active");
        check(
                !filling.dependsOnPrevious() || previousAllows(pipeline, interval),
                it,
                "while the run before it has not succeeded");
        check(!hasRun(pipeline, interval), it, "is run already");
    }

    private boolean hasRun(String pipeline, Interval interval) {
        return ledger.runs.values().stream()
                .anyMatch(
                        run -> isPlain(run, pipeline) && run.identity.interval().equals(interval));
    }

    private static boolean isPlain(RunRecord run, String pipeline) {
        return run.identity.pipeline().equals(pipeline) && run.identity.parameters().isEmpty();
    }

    /** Whether the run of the latest interval before that has one has succeeded. */
    private boolean previousAllows(String pipeline, Interval interval) {
        Instant from = Objects.requireNonNull(ledger.schedule(pipeline).from);
        return ledger.runs.values().stream()
                .filter(run -> isPlain(run, pipeline))
                .filter(run -> run.identity.interval().start().isBefore(interval.start()))
                .filter(run -> !run.identity.interval().start().isBefore(from))
                .max(Comparator.comparing(run -> run.identity.interval().start()))
                .map(run -> run.state == RunState.SUCCEEDED)
                .orElse(true);
    }

    /** By the schedule of a version: which one its engine had at that moment, nobody tells. */
    private void passed(Change.IntervalsPassed it, Committed commit) {
        boolean fits =
                Objects.requireNonNull(world.versions.get(it.pipeline())).stream()
                        .map(version -> world.definition(it.pipeline(), version))
                        .anyMatch(definition -> isPassed(it, definition, commit));
        check(fits, it, "is not so; the last one was", ledger.schedule(it.pipeline()).last);
    }

    private boolean isPassed(
            Change.IntervalsPassed it, PipelineDefinition definition, Committed commit) {
        Optional<Interval> each = next(definition, ledger.schedule(it.pipeline()));
        if (!each.equals(Optional.of(it.first()))) {
            return false;
        }
        for (int i = 1; i < it.count(); i++) {
            if (each.isEmpty() || !isPassed(it, definition, each.get(), commit)) {
                return false;
            }
            each = Pieces.next(definition, Pieces.after(each.get()));
        }
        return each.equals(Optional.of(it.last())) && isPassed(it, definition, it.last(), commit);
    }

    private boolean isPassed(
            Change.IntervalsPassed it,
            PipelineDefinition definition,
            Interval interval,
            Committed commit) {
        if (interval.end().isAfter(commit.at())) {
            return false;
        }
        return switch (it.why()) {
            case ALREADY_RUN -> hasRun(it.pipeline(), interval);
            case PAUSED -> ledger.schedule(it.pipeline()).wasPausedAt(interval.end());
            case SKIPPED ->
                    definition.timing().filling().gaps() == PipelineDefinition.Gaps.SKIP
                            && Pieces.next(definition, Pieces.after(interval))
                                    .filter(later -> !later.end().isAfter(commit.at()))
                                    .isPresent();
        };
    }

    /** The interval that is to be decided next, by counting. */
    private static Optional<Interval> next(PipelineDefinition definition, ScheduleRecord schedule) {
        Interval last = schedule.last;
        Instant from = schedule.from;
        if (last != null) {
            return Pieces.next(definition, Pieces.after(last));
        }
        return from == null ? Optional.empty() : Pieces.next(definition, from);
    }

    @Override
    void atRest() {
        for (EngineProcess process : world.servers()) {
            process.member
                    .state()
                    .filter(_ -> process.isActive())
                    .ifPresent(
                            state ->
                                    world.versions
                                            .keySet()
                                            .forEach(
                                                    pipeline ->
                                                            complete(
                                                                    pipeline,
                                                                    state.loadedDefinition(pipeline)
                                                                            .orElseThrow())));
        }
    }

    /** All that is due is decided, unless it may not be. */
    private void complete(String pipeline, PipelineDefinition definition) {
        ScheduleRecord schedule = ledger.schedule(pipeline);
        check(schedule.enabledAt != null, pipeline, "was never enabled");
        Optional<Interval> open =
                next(definition, schedule)
                        .filter(it -> it.end().isBefore(world.now().minusSeconds(120)));
        boolean blocked =
                schedule.isPaused()
                        || (definition.timing().filling().dependsOnPrevious()
                                && open.filter(it -> previousAllows(pipeline, it)).isEmpty());
        check(open.isEmpty() || blocked, pipeline, "has left out", open);
    }
}
