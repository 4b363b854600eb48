package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Moves watermarks: over the intervals whose gates have passed, one after the other, and never past
 * one whose gate has not. What is proven out of turn is kept as ahead until the others are.
 *
 * <p>Schedules, runs that somebody asks for and incremental backfills move them; other backfills
 * only prove.
 */
final class WatermarkDecisions {
    private WatermarkDecisions() {}

    /** A watermark of a pipeline with a schedule begins where that stands. */
    static void begin(Decision.Draft draft, State state, ScheduleState schedule, Graph graph) {
        for (String name : graph.gates().keySet()) {
            WatermarkKey key = new WatermarkKey(schedule.pipeline(), name);
            if (state.watermarks().at(key).isEmpty()) {
                undecided(state, schedule, graph)
                        .ifPresent(
                                from ->
                                        draft.change(
                                                new Change.WatermarkMoved(
                                                        key,
                                                        Optional.empty(),
                                                        from,
                                                        "the schedule begins here")));
            }
        }
    }

    /** Where what is not done of a schedule begins, as far as it is under way. */
    private static Optional<Instant> undecided(State state, ScheduleState schedule, Graph graph) {
        if (!(graph.timetable() instanceof ScheduledTimetable timetable)) {
            return Optional.empty();
        }
        Instant begun = schedule.enabled().orElseThrow().from();
        return Stream.concat(
                        Stream.concat(schedule.active().stream(), schedule.queued().stream())
                                .flatMap(run -> state.run(run).stream())
                                .map(run -> run.identity().interval().start())
                                .filter(start -> !start.isBefore(begun)),
                        schedule.next(timetable).map(Interval::start).stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * Looks at the gates of a run, of which something has ended.
     *
     * @param outcome how the run ends with that; empty where it goes on
     */
    static void perhapsMove(
            Decision.Draft draft, State state, Run run, Optional<RunState> outcome) {
        if (run.identity().parameters().isEmpty()) {
            run.graph()
                    .gates()
                    .forEach(
                            (watermark, task) -> {
                                if (hasPassed(run.node(task), outcome)) {
                                    passed(draft, state, run, watermark);
                                }
                            });
        }
    }

    /** A gate that is skipped passes with its run: there was nothing to prove. */
    private static boolean hasPassed(TaskNode gate, Optional<RunState> outcome) {
        int passed = gate.count(TaskState.SUCCEEDED);
        int skipped = gate.count(TaskState.SKIPPED);
        boolean all = passed + skipped == gate.instances().size();
        return all && (skipped == 0 || outcome.equals(Optional.of(RunState.SUCCEEDED)));
    }

    private static void passed(Decision.Draft draft, State state, Run run, String watermark) {
        WatermarkKey key = new WatermarkKey(run.identity().pipeline(), watermark);
        Interval interval = run.identity().interval();
        Optional<Instant> at = state.watermarks().at(key);
        if (at.filter(it -> !interval.end().isAfter(it)).isPresent()) {
            return;
        }
        Instant reached = at.orElse(Instant.MIN);
        if (moves(state, run)) {
            Instant from = at.orElseGet(() -> beginning(state, run));
            reached = walk(state, key, run.graph().timetable(), from, Set.of(interval));
            if (!at.equals(Optional.of(reached))) {
                draft.change(
                        new Change.WatermarkMoved(
                                key, at, reached, "run " + run.identity().name()));
            }
        }
        if (interval.end().isAfter(reached) && !state.watermarks().isAhead(key, interval)) {
            draft.change(new Change.IntervalAhead(key, interval));
        }
    }

    /** What is proven ahead of a watermark may begin where it stands, or where it would begin. */
    static void planned(Decision.Draft draft, State state, long backfill, BackfillPlan plan) {
        if (plan.options().watermarks() == BackfillPlan.WatermarkUse.KEEP
                || !plan.parameters().isEmpty()) {
            return;
        }
        Graph graph = state.latest(plan.pipeline());
        for (String name : graph.gates().keySet()) {
            WatermarkKey key = new WatermarkKey(plan.pipeline(), name);
            Optional<Instant> at = state.watermarks().at(key);
            at.or(() -> beginning(plan))
                    .ifPresent(
                            from -> {
                                Instant to = walk(state, key, graph.timetable(), from, Set.of());
                                if (to.isAfter(from)) {
                                    draft.change(
                                            new Change.WatermarkMoved(
                                                    key, at, to, "backfill " + backfill));
                                }
                            });
        }
    }

    private static boolean moves(State state, Run run) {
        return run.backfill() == 0
                || state.backfill(run.backfill())
                        .map(it -> it.plan().options().watermarks())
                        .filter(use -> use != BackfillPlan.WatermarkUse.KEEP)
                        .isPresent();
    }

    private static Instant beginning(State state, Run run) {
        return state.backfill(run.backfill())
                .flatMap(it -> beginning(it.plan()))
                .orElse(run.identity().interval().start());
    }

    /** Where a watermark begins that never stood anywhere: with the first of what is asked for. */
    private static Optional<Instant> beginning(BackfillPlan plan) {
        return plan.items().stream()
                .map(item -> item.interval().start())
                .min(Comparator.naturalOrder());
    }

    /** How far all is proven from an instant on. */
    private static Instant walk(
            State state,
            WatermarkKey key,
            Timetable timetable,
            Instant from,
            Set<Interval> proven) {
        Instant reached = from;
        Optional<Interval> next = timetable.firstEndingAfter(from);
        while (next.isPresent()
                && (proven.contains(next.get()) || state.watermarks().isAhead(key, next.get()))) {
            reached = next.get().end();
            next = timetable.after(next.get());
        }
        return reached;
    }

    /**
     * A run begins anew, with all or some of its tasks: what it proved is void as far as no
     * watermark has come to it, unless its gate has succeeded and is left alone.
     *
     * @param graph the version that the run goes on with
     */
    static void voided(
            Decision.Draft draft, State state, Run run, Graph graph, Set<TaskKey> cleared) {
        Set<String> tasks = cleared.stream().map(TaskKey::task).collect(Collectors.toSet());
        Set<String> watermarks = new HashSet<>(run.graph().gates().keySet());
        watermarks.addAll(graph.gates().keySet());
        Interval interval = run.identity().interval();
        for (String name : watermarks) {
            WatermarkKey key = new WatermarkKey(run.identity().pipeline(), name);
            boolean stays =
                    Stream.of(run.graph(), graph)
                            .map(each -> each.gates().get(name))
                            .allMatch(gate -> gate != null && stays(run, gate, tasks));
            if (!stays
                    && state.watermarks().isAhead(key, interval)
                    && run.identity().parameters().isEmpty()) {
                draft.change(new Change.IntervalNoLongerAhead(key, interval));
            }
        }
    }

    /** One that was skipped has passed with a run that is not over any more. */
    private static boolean stays(Run run, String gate, Set<String> cleared) {
        return !cleared.contains(gate)
                && run.graph().has(gate)
                && run.node(gate).count(TaskState.SUCCEEDED) == run.node(gate).instances().size();
    }

    /** Puts a watermark somewhere, and on over what is proven from there. */
    static Decision set(State state, Event.WatermarkSetRequested event) {
        WatermarkKey key = event.watermark();
        Decision.Draft draft =
                new Decision.Draft()
                        .change(
                                new Change.WatermarkMoved(
                                        key,
                                        state.watermarks().at(key),
                                        event.to(),
                                        "set: " + event.reason()));
        state.loaded(key.pipeline())
                .map(graph -> walk(state, key, graph.timetable(), event.to(), Set.of()))
                .filter(reached -> reached.isAfter(event.to()))
                .ifPresent(
                        reached ->
                                draft.change(
                                        new Change.WatermarkMoved(
                                                key,
                                                Optional.of(event.to()),
                                                reached,
                                                "what was proven ahead of it")));
        return draft.done();
    }
}
