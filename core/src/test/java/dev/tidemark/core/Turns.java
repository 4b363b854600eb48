package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The loop of an engine, by hand: decides about an event and all that follows, folds what was
 * decided, keeps the history, sets the timers, and holds the attempts that it was told to start.
 * Time stands still until it is advanced. An {@link Inspector} watches every step.
 */
final class Turns {
    /** When tests begin: a day after ten intervals of {@link Declared#flow} are over. */
    static final Instant BEGIN = Instant.parse("2001-02-12T00:00:00Z");

    /** More events than follow from any one event in a test. */
    private static final int MAX_EVENTS_PER_TURN = 1_000_000;

    /** Up to this length, the history is replayed after every event. */
    private static final int MOST_REPLAYED = 30;

    private final int slots;
    private final Inspector inspector;
    private final List<Fact> history = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Map<TaskKey, Long> open = new LinkedHashMap<>();
    private final TreeMap<Instant, List<Event>> timers = new TreeMap<>();
    private State state;
    private Instant now = BEGIN;
    private boolean restarted;

    /** A change, and when it was made. */
    record Fact(Change change, Instant at) {}

    private Turns(int slots) {
        this.slots = slots;
        this.inspector = new Inspector(slots);
        this.state = new State(slots, State.Numbers.NONE);
    }

    static Turns withSlots(int slots) {
        return new Turns(slots);
    }

    /** With more slots than any test needs, and a pipeline of these tasks in version v1. */
    static Turns of(Declared... tasks) {
        return withSlots(1_000).load("v1", Declared.flow(tasks));
    }

    Turns load(String version, PipelineDefinition definition) {
        if (state.isKnown(definition.name(), version)) {
            state.load(definition.name(), version);
            return this;
        }
        return decide(new Event.PipelineLoaded(version, definition));
    }

    /** A pipeline whose schedule this engine keeps. */
    Turns schedule(String version, PipelineDefinition definition) {
        load(version, definition);
        if (state.schedule(definition.name()).isPresent()) {
            return decide(new Event.SchedulePerhapsNext(definition.name()));
        }
        state.schedules()
                .bringIn(definition.name(), ScheduleState.Kept.NOTHING, Map.of(), Optional.empty());
        state.schedules().enforce(definition.name());
        return decide(new Event.ScheduleTakenUp(definition.name(), Set.of()));
    }

    /** Decides about an event, and about all that follows from it. */
    Turns decide(Event event) {
        int before = history.size();
        Deque<Event> next = new ArrayDeque<>(List.of(event));
        for (int i = 0; !next.isEmpty(); i++) {
            if (i > MAX_EVENTS_PER_TURN) {
                throw new AssertionError("no end of " + event);
            }
            Event one = next.remove();
            bringIn(one);
            Decision decision = Decider.decide(state, one, now);
            decision.changes().forEach(this::fold);
            effects.addAll(decision.effects());
            decision.effects().forEach(this::act);
            next.addAll(decision.next());
        }
        inspector.atRest(state, now);
        if (before < history.size() && history.size() <= MOST_REPLAYED) {
            checkReplay();
        }
        return this;
    }

    /** What is so is what the history says. */
    void checkReplay() {
        State replayed = replayed();
        if (!restarted) {
            assertThat(Observed.of(replayed)).isEqualTo(Observed.of(state));
            return;
        }
        for (Run run : state.runs()) {
            assertThat(Observed.of(replayed.run(run.number()).orElseThrow()))
                    .isEqualTo(Observed.of(run));
        }
    }

    private void fold(Change change) {
        inspector.before(state, change, now);
        state.fold(change, now);
        history.add(new Fact(change, now));
        if (change instanceof Change.AttemptEnded ended) {
            open.remove(ended.task(), ended.token());
        }
    }

    private void act(Effect effect) {
        switch (effect) {
            case Effect.StartAttempt start -> open.put(start.task(), start.token());
            case Effect.StopAttempt stop -> open.remove(stop.task(), stop.token());
            case Effect.SetTimer timer ->
                    timers.computeIfAbsent(timer.at(), at -> new ArrayList<>()).add(timer.event());
        }
    }

    /** The attempt of an instance that runs now ends like this. */
    Turns report(TaskKey task, Outcome outcome) {
        Long token = open.get(task);
        assertThat(token).as("the token of %s; these run: %s", task, open).isNotNull();
        return decide(new Event.AttemptReported(task, Objects.requireNonNull(token), outcome));
    }

    /** Time passes; timers come back one after another, each at its time. */
    Turns advance(Duration time) {
        Instant until = now.plus(time);
        while (!timers.isEmpty() && !timers.firstKey().isAfter(until)) {
            Map.Entry<Instant, List<Event>> due = timers.pollFirstEntry();
            now = due.getKey().isAfter(now) ? due.getKey() : now;
            due.getValue().forEach(this::decide);
        }
        now = until;
        return this;
    }

    /** When the next timer is due. */
    Optional<Instant> nextTimer() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.firstKey());
    }

    /** The clock is set, or nobody looks at it until then. Timers come late, or early. */
    Turns skipTo(Instant instant) {
        now = instant;
        return this;
    }

    /** Time passes until the next timer is due; false where none is set. */
    boolean advanceToTimer() {
        if (timers.isEmpty()) {
            return false;
        }
        Duration wait = Duration.between(now, timers.firstKey());
        advance(wait.isNegative() ? Duration.ZERO : wait);
        return true;
    }

    /** The process ends, and its attempts with it; another begins with what was kept. */
    Turns restart() {
        State.Numbers last =
                new State.Numbers(state.nextRun() - 1, state.nextBackfill() - 1, state.lastToken());
        State fresh = new State(slots, last);
        for (Fact fact : history) {
            if (fact.change() instanceof Change.PipelineRegistered it) {
                fresh.recall(it.version(), it.definition());
            } else if (isOfNoRun(fact.change())) {
                fresh.fold(fact.change(), fact.at());
            }
        }
        state = fresh;
        restarted = true;
        open.clear();
        timers.clear();
        return this;
    }

    private static boolean isOfNoRun(Change change) {
        return change instanceof Change.PoolSet
                || change instanceof Change.PoolRemoved
                || change instanceof Change.OfWatermark
                || change instanceof Change.StartCounted;
    }

    /** Loads the run that a decision looks at, where it is not at hand; as the engine does. */
    private void bringIn(Event event) {
        switch (event) {
            case Event.BackfillPerhapsNext it ->
                    state.backfill(it.backfill())
                            .flatMap(Backfill::next)
                            .ifPresent(item -> bringIn(item.run()));
            case Event.CancelRequested it -> bringIn(it.run());
            case Event.ClearRequested it -> bringIn(it.run());
            case Event.MarkRequested it -> bringIn(it.run());
            default -> {}
        }
    }

    private void bringIn(long run) {
        if (state.run(run).isEmpty()) {
            history.stream()
                    .filter(fact -> runOf(fact.change()) == run)
                    .forEach(fact -> state.bringIn(fact.change(), fact.at()));
        }
    }

    private static long runOf(Change change) {
        return switch (change) {
            case Change.RunCreated it -> it.run();
            case Change.RunMoved it -> it.run();
            case Change.RunReopened it -> it.run();
            case Change.TaskExpanded it -> it.run();
            case Change.TaskMoved it -> it.task().run();
            case Change.TaskCleared it -> it.task().run();
            case Change.AttemptStarted it -> it.task().run();
            case Change.AttemptEnded it -> it.task().run();
            case Change.LateResult _,
                    Change.PipelineRegistered _,
                    Change.TasksVerified _,
                    Change.BackfillCreated _,
                    Change.IntervalSkipped _,
                    Change.BackfillMoved _,
                    Change.BackfillEnded _,
                    Change.OfSchedule _,
                    Change.OfWatermark _,
                    Change.AlertRaised _,
                    Change.PoolSet _,
                    Change.PoolRemoved _,
                    Change.StartCounted _,
                    Change.CommandAnswered _ ->
                    -1;
        };
    }

    /** A state made from nothing but the history so far. */
    State replayed() {
        State fresh = new State(slots, State.Numbers.NONE);
        history.forEach(fact -> fresh.fold(fact.change(), fact.at()));
        return fresh;
    }

    State state() {
        return state;
    }

    /** A run as the history tells it, whether it is at hand or not. */
    Run run(long number) {
        return state.run(number).or(() -> replayed().run(number)).orElseThrow();
    }

    Instant now() {
        return now;
    }

    Inspector inspector() {
        return inspector;
    }

    List<Fact> history() {
        return history;
    }

    /** All effects so far, done or not. */
    List<Effect> effects() {
        return effects;
    }

    /** The attempts that run, by instance, in the order of their starts. */
    Map<TaskKey, Long> open() {
        return open;
    }

    /** The changes of one kind, in order. */
    <C extends Change> List<C> changes(Class<C> kind) {
        return history.stream().map(Fact::change).filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The interval that starts so many days after {@link Declared#START}. */
    static Interval day(int index) {
        Instant start =
                Declared.START.plusDays(index).atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
        return new Interval(start, start.plus(Duration.ofDays(1)));
    }
}
