package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.Alert;
import dev.tidemark.core.Change;
import dev.tidemark.core.Pause;
import dev.tidemark.core.ScheduleState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Schedules, in memory. */
final class MemorySchedules {
    private final MemoryTable<String, Row> schedules;
    private final MemoryTable<Long, Passing> passed;
    private final MemoryTable<Long, AlertView> alerts;

    /** A schedule with all its pauses, and the reason of the last. */
    private record Row(
            Optional<ScheduleState.Enabling> enabled,
            Optional<Interval> last,
            List<Pause> pauses,
            String reason,
            Instant alertedAt) {
        static final Row NOTHING =
                new Row(Optional.empty(), Optional.empty(), List.of(), "", Instant.MIN);

        Row enabled(ScheduleState.Enabling enabling) {
            return new Row(Optional.of(enabling), last, pauses, reason, alertedAt);
        }

        Row advanced(Interval to) {
            boolean later = last.isEmpty() || last.get().start().isBefore(to.start());
            return later ? new Row(enabled, Optional.of(to), pauses, reason, alertedAt) : this;
        }

        Row paused(List<Pause> changed, String why) {
            return new Row(enabled, last, changed, why, alertedAt);
        }

        Row alerted(Instant at) {
            return new Row(enabled, last, pauses, reason, at);
        }

        boolean isPaused() {
            return !pauses.isEmpty() && pauses.getLast().until().isEmpty();
        }

        ScheduleState.Kept kept() {
            List<Pause> open =
                    pauses.stream()
                            .filter(pause -> pause.until().filter(this::isOver).isEmpty())
                            .toList();
            return new ScheduleState.Kept(enabled, last, open, alertedAt);
        }

        private boolean isOver(Instant end) {
            return last.filter(it -> !end.isAfter(it.end())).isPresent();
        }
    }

    private record Passing(String pipeline, PassedView view) {}

    MemorySchedules(Undo undo) {
        schedules = new MemoryTable<>(Comparator.<String>naturalOrder(), undo);
        passed = new MemoryTable<>(Comparator.<Long>naturalOrder(), undo);
        alerts = new MemoryTable<>(Comparator.<Long>naturalOrder(), undo);
    }

    private Row row(String pipeline) {
        return schedules.get(pipeline).orElse(Row.NOTHING);
    }

    void apply(Change.OfSchedule change, Instant at) {
        switch (change) {
            case Change.ScheduleEnabled it -> enable(it, at);
            case Change.SchedulePaused it -> pause(it, at);
            case Change.ScheduleResumed it -> resume(it, at);
            case Change.IntervalsPassed it -> pass(it, at);
        }
    }

    private void enable(Change.ScheduleEnabled it, Instant at) {
        Row row = row(it.pipeline());
        if (row.enabled().isPresent()) {
            throw Disagreement.about(it);
        }
        schedules.put(it.pipeline(), row.enabled(new ScheduleState.Enabling(at, it.from())));
    }

    void created(Change.RunCreated it) {
        if (it.backfill() == 0) {
            advance(it.identity().pipeline(), it.identity().interval());
        }
    }

    private void advance(String pipeline, Interval last) {
        schedules
                .get(pipeline)
                .filter(row -> row.enabled().isPresent())
                .ifPresent(row -> schedules.put(pipeline, row.advanced(last)));
    }

    private void pass(Change.IntervalsPassed it, Instant at) {
        boolean twice =
                passed.all().stream()
                        .filter(each -> each.pipeline().equals(it.pipeline()))
                        .anyMatch(each -> each.view().first().start().equals(it.first().start()));
        if (twice) {
            throw Disagreement.about(it);
        }
        passed.put(
                passed.lastKey().orElse(0L) + 1,
                new Passing(
                        it.pipeline(),
                        new PassedView(it.first(), it.last(), it.count(), it.why(), at)));
        advance(it.pipeline(), it.last());
    }

    private void pause(Change.SchedulePaused it, Instant at) {
        Row row = row(it.pipeline());
        if (row.isPaused()) {
            throw Disagreement.about(it);
        }
        List<Pause> pauses = new ArrayList<>(row.pauses());
        pauses.add(new Pause(at, Optional.empty()));
        schedules.put(it.pipeline(), row.paused(List.copyOf(pauses), it.reason()));
    }

    private void resume(Change.ScheduleResumed it, Instant at) {
        Row row = row(it.pipeline());
        if (!row.isPaused()) {
            throw Disagreement.about(it);
        }
        List<Pause> pauses = new ArrayList<>(row.pauses());
        pauses.add(new Pause(pauses.removeLast().from(), Optional.of(at)));
        schedules.put(it.pipeline(), row.paused(List.copyOf(pauses), ""));
    }

    void raise(Change.AlertRaised it, Instant at) {
        long number = alerts.lastKey().orElse(0L) + 1;
        alerts.put(number, new AlertView(number, at, it.alert()));
        if (it.alert().kind() == Alert.Kind.INTERVAL_LATE) {
            schedules
                    .get(it.alert().pipeline())
                    .ifPresent(row -> schedules.put(it.alert().pipeline(), row.alerted(at)));
        }
    }

    List<String> known() {
        return schedules.keys();
    }

    Optional<ScheduleView> view(String pipeline) {
        return schedules
                .get(pipeline)
                .filter(row -> row.enabled().isPresent() || !row.kept().pauses().isEmpty())
                .map(
                        row ->
                                new ScheduleView(
                                        pipeline,
                                        row.kept(),
                                        row.isPaused()
                                                ? Optional.of(row.reason())
                                                : Optional.empty()));
    }

    ScheduleState.Kept kept(String pipeline) {
        return view(pipeline).map(ScheduleView::kept).orElse(ScheduleState.Kept.NOTHING);
    }

    List<PassedView> passed(String pipeline, Instant from, Instant until) {
        return passed.all().stream()
                .filter(it -> it.pipeline().equals(pipeline))
                .map(Passing::view)
                .filter(it -> it.first().start().isBefore(until))
                .filter(it -> !it.last().start().isBefore(from))
                .sorted(Comparator.comparing(it -> it.first().start()))
                .toList();
    }

    List<AlertView> alerts(Optional<String> pipeline, int limit) {
        return alerts.newestFirst().stream()
                .filter(it -> pipeline.orElse(it.alert().pipeline()).equals(it.alert().pipeline()))
                .limit(limit)
                .toList();
    }
}
