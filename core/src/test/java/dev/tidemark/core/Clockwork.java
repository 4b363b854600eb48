package dev.tidemark.core;

import dev.tidemark.Bounds;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline of one task that its schedule runs while time passes, and what became of its
 * intervals, in lines such as {@code 00:30 run} and {@code 01:00 paused}.
 */
final class Clockwork {
    private final Turns turns = Turns.withSlots(1_000);
    private PipelineDefinition definition;
    private int versions;
    private boolean answers = true;

    private Clockwork(PipelineDefinition definition) {
        this.definition = definition;
    }

    /** What is said in a test about a pipeline's timing. */
    record Timing(Schedule schedule, Bounds bounds, PipelineDefinition.Filling filling) {
        static Timing of(Schedule schedule) {
            return new Timing(schedule, Bounds.NONE, PipelineDefinition.Filling.DEFAULT);
        }

        Timing startingOn(String local) {
            return new Timing(
                    schedule,
                    new Bounds(Optional.of(java.time.LocalDateTime.parse(local)), bounds.until()),
                    filling);
        }

        Timing endingBefore(String local) {
            return new Timing(
                    schedule,
                    new Bounds(bounds.from(), Optional.of(java.time.LocalDateTime.parse(local))),
                    filling);
        }

        Timing catchup() {
            return with(true, filling.gaps(), filling.dependsOnPrevious(), filling.jitter());
        }

        Timing skippingGaps() {
            return with(
                    filling.catchup(),
                    PipelineDefinition.Gaps.SKIP,
                    filling.dependsOnPrevious(),
                    filling.jitter());
        }

        Timing dependsOnPrevious() {
            return with(filling.catchup(), filling.gaps(), true, filling.jitter());
        }

        Timing jitter(Duration most) {
            return with(filling.catchup(), filling.gaps(), filling.dependsOnPrevious(), most);
        }

        Timing upTo(int runs) {
            return new Timing(schedule, bounds, filling.upTo(runs));
        }

        private Timing with(
                boolean catchup,
                PipelineDefinition.Gaps gaps,
                boolean dependsOnPrevious,
                Duration jitter) {
            return new Timing(
                    schedule,
                    bounds,
                    new PipelineDefinition.Filling(
                            catchup, gaps, filling.maxActiveRuns(), dependsOnPrevious, jitter));
        }

        PipelineDefinition define() {
            return new PipelineDefinition(
                    "flow",
                    new PipelineDefinition.Timing(
                            schedule,
                            bounds,
                            filling,
                            new PipelineDefinition.Promises(
                                    Duration.ofMinutes(10), Optional.of(Duration.ofHours(2)))),
                    List.of(),
                    Declared.flow(Declared.task("only")).tasks());
        }
    }

    /** The pipeline is enabled at an instant. */
    static Clockwork enabled(String at, Timing timing) {
        Clockwork clockwork = new Clockwork(timing.define());
        clockwork.turns.advance(Duration.between(Turns.BEGIN, Instant.parse(at)));
        return clockwork.edit(timing);
    }

    /** The pipeline's code is at hand in a new version. */
    Clockwork edit(Timing timing) {
        definition = timing.define();
        versions++;
        turns.schedule("v" + versions, definition);
        return settle();
    }

    /** From now on runs go on for ever, until {@link #end}. */
    Clockwork hang() {
        answers = false;
        return this;
    }

    /** All that runs ends like this, and so does what comes. */
    Clockwork end(Outcome outcome) {
        for (TaskKey key : List.copyOf(turns.open().keySet())) {
            turns.report(key, outcome);
        }
        answers = true;
        return settle();
    }

    private Clockwork settle() {
        while (answers && !turns.open().isEmpty()) {
            turns.report(turns.open().keySet().iterator().next(), Outcomes.SUCCESS);
        }
        return this;
    }

    /** Time passes, timer by timer. */
    Clockwork until(String instant) {
        Instant end = Instant.parse(instant);
        while (turns.nextTimer().filter(at -> !at.isAfter(end)).isPresent()) {
            turns.advanceToTimer();
            settle();
        }
        turns.advance(Duration.between(turns.now(), end));
        return settle();
    }

    /** Nobody is there to take a turn until an instant. */
    Clockwork asleepUntil(String instant) {
        turns.skipTo(Instant.parse(instant));
        return tick();
    }

    /** The timer comes, whatever the time is. */
    Clockwork tick() {
        turns.decide(new Event.SchedulePerhapsNext("flow"));
        return until(turns.now().toString());
    }

    Clockwork pause() {
        turns.decide(new Event.PauseRequested("flow", "for a test"));
        return settle();
    }

    Clockwork resume() {
        turns.decide(new Event.ResumeRequested("flow"));
        return settle();
    }

    /** Somebody runs an interval by hand. */
    Clockwork backfill(String start, String end) {
        Interval interval = new Interval(Instant.parse(start), Instant.parse(end));
        turns.decide(
                Backfills.request(
                        new BackfillPlan.Item(
                                interval,
                                "backfill__" + start,
                                0,
                                BackfillPlan.Action.CREATE,
                                "")));
        return settle();
    }

    Turns turns() {
        return turns;
    }

    /** What was decided about each interval, in the order in which it was. */
    List<String> decided() {
        List<String> lines = new ArrayList<>();
        for (Turns.Fact fact : turns.history()) {
            switch (fact.change()) {
                case Change.RunCreated it when it.backfill() == 0 ->
                        lines.add(it.identity().interval() + " run");
                case Change.IntervalsPassed it ->
                        lines.add(
                                it.first().start()
                                        + "/"
                                        + it.last().end()
                                        + " "
                                        + it.count()
                                        + " "
                                        + it.why().name().toLowerCase(java.util.Locale.ROOT));
                default -> {}
            }
        }
        return lines.stream().map(Clockwork::shortest).toList();
    }

    /** When each run was created, and what it covers. */
    List<String> starts() {
        return turns.history().stream()
                .filter(fact -> fact.change() instanceof Change.RunCreated)
                .map(
                        fact ->
                                fact.at()
                                        + " "
                                        + ((Change.RunCreated) fact.change()).identity().name())
                .map(Clockwork::shortest)
                .toList();
    }

    List<String> alerts() {
        return turns.history().stream()
                .filter(fact -> fact.change() instanceof Change.AlertRaised)
                .map(fact -> fact.at() + " " + ((Change.AlertRaised) fact.change()).alert().kind())
                .map(Clockwork::shortest)
                .toList();
    }

    /** All tests are in June 2026. */
    private static String shortest(String line) {
        return line.replace("2026-06-", "").replace(":00Z", "").replace("Z", "");
    }
}
