package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A pipeline's schedule: up to where its intervals are decided, and which of its runs are under
 * way. Changed only by folding a {@link Change}; owned by the thread that owns the {@link State}.
 */
public final class ScheduleState {
    private final String pipeline;
    private Optional<Enabling> enabled;
    private Optional<Interval> last;
    private final List<Pause> pauses;
    private Instant alertedAt;

    /** Whether this engine starts its runs, and not only knows of it. */
    private boolean inForce;

    /** Runs without a backfill that wait to be started, oldest first. */
    private final SortedSet<Long> queued = new TreeSet<>();

    /** Runs without a backfill that are under way. */
    private final Set<Long> active = new HashSet<>();

    /** Runs that cover intervals not decided yet: somebody was faster. */
    private final NavigableMap<Interval, Long> ahead =
            new TreeMap<>(Comparator.comparing(Interval::start).thenComparing(Interval::end));

    /** Of the runs ahead, how they stand. */
    private final Map<Long, RunState> states = new HashMap<>();

    private Optional<Previous> previous = Optional.empty();

    /**
     * When the schedule began.
     *
     * @param at when the pipeline was first enabled
     * @param from intervals that start earlier are not its to run
     */
    public record Enabling(Instant at, Instant from) {}

    /** The run of the latest interval that was decided and has one. */
    public record Previous(long run, Interval interval, RunState state) {}

    /**
     * What a store keeps of a schedule.
     *
     * @param enabled empty before it was
     * @param last the latest interval that was decided
     * @param pauses those that intervals not decided yet may lie in, oldest first
     * @param alertedAt when the last alert about a late interval was raised; {@link Instant#MIN}
     *     before the first
     */
    public record Kept(
            Optional<Enabling> enabled,
            Optional<Interval> last,
            List<Pause> pauses,
            Instant alertedAt) {
        /** A schedule of which nothing is known yet. */
        public static final Kept NOTHING =
                new Kept(Optional.empty(), Optional.empty(), List.of(), Instant.MIN);

        public Kept {
            pauses = List.copyOf(pauses);
        }
    }

    ScheduleState(String pipeline, Kept kept) {
        this.pipeline = pipeline;
        this.enabled = kept.enabled();
        this.last = kept.last();
        this.pauses = new ArrayList<>(kept.pauses());
        this.alertedAt = kept.alertedAt();
    }

    public String pipeline() {
        return pipeline;
    }

    public Optional<Enabling> enabled() {
        return enabled;
    }

    /** The latest interval that was decided. */
    public Optional<Interval> last() {
        return last;
    }

    public boolean isPaused() {
        return !pauses.isEmpty() && pauses.getLast().until().isEmpty();
    }

    boolean wasPausedAt(Instant instant) {
        return pauses.stream().anyMatch(pause -> pause.holds(instant));
    }

    /** When the last pause ended, or before all time. */
    Instant resumedAt() {
        return pauses.isEmpty() ? Instant.MIN : pauses.getLast().until().orElse(Instant.MAX);
    }

    Instant alertedAt() {
        return alertedAt;
    }

    /** Whether this engine starts its runs, and not only knows of it. */
    public boolean isInForce() {
        return inForce;
    }

    void enforce() {
        inForce = true;
    }

    /** Runs without a backfill that wait to be started, oldest first. */
    public SortedSet<Long> queued() {
        return queued;
    }

    /** Runs without a backfill that are under way. */
    public Set<Long> active() {
        return active;
    }

    /** The first interval that is not decided, be it due or not; empty after the last. */
    public Optional<Interval> next(Timetable timetable) {
        return last.isPresent()
                ? timetable.after(last.get())
                : enabled.flatMap(it -> timetable.firstFrom(it.from()));
    }

    /** Whether an interval that is not decided yet has a run already. */
    boolean isAhead(Interval interval) {
        return ahead.containsKey(interval);
    }

    /** How the run of the latest decided interval stands that has one; empty where none has. */
    Optional<RunState> previous() {
        return previous.map(Previous::state);
    }

    /** What was run already when this engine came to know of the schedule. */
    void know(Map<Interval, BackfillPlan.Existing> runs, Optional<Previous> before) {
        previous = before.filter(it -> isOfItsTime(it.interval()));
        runs.forEach(
                (interval, run) -> {
                    if (isOpen(interval)) {
                        ahead.put(interval, run.run());
                        states.put(run.run(), run.state());
                    }
                });
    }

    private boolean isOpen(Interval interval) {
        return isAfterLast(interval) && isOfItsTime(interval);
    }

    /** What came before the schedule does not matter to it. */
    private boolean isOfItsTime(Interval interval) {
        return enabled.map(it -> !interval.start().isBefore(it.from())).orElse(true);
    }

    void fold(Change.OfSchedule change, Instant at) {
        switch (change) {
            case Change.ScheduleEnabled it -> enable(new Enabling(at, it.from()));
            case Change.SchedulePaused _ -> pauses.add(new Pause(at, Optional.empty()));
            case Change.ScheduleResumed _ ->
                    pauses.add(new Pause(pauses.removeLast().from(), Optional.of(at)));
            case Change.IntervalsPassed it -> passed(it.last());
        }
    }

    private void enable(Enabling enabling) {
        enabled = Optional.of(enabling);
        forgetBefore(enabling.from());
    }

    void alerted(Instant at) {
        alertedAt = at;
    }

    /** A run came to be, or came back, that belongs to no backfill. */
    private void queue(long run) {
        active.remove(run);
        queued.add(run);
    }

    /** The schedule has created a run, now or, where it is brought in, long ago. */
    void created(long run, Interval interval) {
        queue(run);
        if (isAfterLast(interval)) {
            previous = Optional.of(new Previous(run, interval, RunState.QUEUED));
            decided(interval);
        }
    }

    private boolean isAfterLast(Interval interval) {
        return last.isEmpty() || interval.start().isAfter(last.get().start());
    }

    /** A backfill has created a run. */
    void createdByOther(long run, Interval interval) {
        if (isOpen(interval)) {
            ahead.put(interval, run);
            states.put(run, RunState.QUEUED);
        } else if (isOfItsTime(interval) && isLatest(interval)) {
            previous = Optional.of(new Previous(run, interval, RunState.QUEUED));
        }
    }

    /** Whether an interval that was decided comes after all that were and have a run. */
    private boolean isLatest(Interval interval) {
        return previous.filter(it -> !interval.start().isAfter(it.interval().start())).isEmpty();
    }

    /** Intervals up to this one were passed over. */
    private void passed(Interval latest) {
        Long run = ahead.get(latest);
        if (run != null) {
            RunState state = Objects.requireNonNull(states.get(run));
            previous = Optional.of(new Previous(run, latest, state));
        }
        decided(latest);
    }

    /** Pauses and runs that lie before what is open do not matter any more. */
    private void decided(Interval interval) {
        last = Optional.of(interval);
        pauses.removeIf(
                pause -> pause.until().filter(end -> !end.isAfter(interval.end())).isPresent());
        forgetBefore(interval.start().plusNanos(1));
    }

    private void forgetBefore(Instant start) {
        Map<Interval, Long> closed = ahead.headMap(new Interval(start, start));
        closed.values().forEach(states::remove);
        closed.clear();
    }

    /** A run went on, whoever started it. */
    void moved(long run, RunState to) {
        stands(run, to);
        if (to == RunState.RUNNING && queued.remove(run)) {
            active.add(run);
        }
        if (to.isFinal()) {
            leave(run);
        }
    }

    private void stands(long run, RunState state) {
        states.replace(run, state);
        if (previous.filter(it -> it.run() == run).isPresent()) {
            previous = Optional.of(new Previous(run, previous.get().interval(), state));
        }
    }

    /** A run is queued again, for a backfill or, where that is 0, for this schedule. */
    void reopened(long run, long backfill) {
        stands(run, RunState.QUEUED);
        leave(run);
        if (backfill == 0) {
            queue(run);
        }
    }

    /** A backfill goes on with a run, or it has ended. */
    private void leave(long run) {
        queued.remove(run);
        active.remove(run);
    }
}
