package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.Decider;
import dev.tidemark.core.Decision;
import dev.tidemark.core.Effect;
import dev.tidemark.core.Event;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.Run;
import dev.tidemark.core.RunState;
import dev.tidemark.core.State;
import dev.tidemark.core.Steering;
import dev.tidemark.core.TaskInstance;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small engine in which everything that can happen happens, as a seed decides: it drives the real
 * decisions over made-up graphs, and keeps every turn in a store. The same seed over equal stores
 * does the same.
 */
final class RandomEngine {
    static final String PIPELINE = "flow";
    private static final int MOST_SLOTS = 4;
    private static final int DAYS = 4;

    private final Store store;
    private final Random random;
    private final int slots;
    private final List<Effect.StartAttempt> attempts = new ArrayList<>();
    private final List<Effect.SetTimer> timers = new ArrayList<>();
    private State state;
    private PipelineDefinition flow;
    private Instant now = Samples.NOON;
    private int versions;
    private int poolChanges;

    RandomEngine(Store store, long seed) {
        this.store = store;
        this.random = new Random(seed);
        this.slots = 1 + random.nextInt(MOST_SLOTS);
        this.state = new State(slots, State.Numbers.NONE);
        this.flow = RandomFlow.of(random, PIPELINE);
        load();
    }

    State state() {
        return state;
    }

    /** One turn: something happens, it is decided about, and what was decided is kept. */
    void turn() {
        now = now.plusNanos(random.nextLong(1, 60_000_000_000L));
        switch (random.nextInt(24)) {
            case 0 -> restart();
            case 1 -> {
                flow = RandomFlow.of(random, PIPELINE);
                load();
            }
            case 2 -> run(RunState.RUNNING).ifPresent(this::cancel);
            case 3, 10, 11 -> run(any(RunState.values())).ifPresent(this::clear);
            case 12 -> run(any(RunState.values())).ifPresent(this::mark);
            case 13 -> steer();
            case 4, 5 -> backfill();
            case 6, 7, 8 -> fireTimer();
            case 9 -> changePool();
            default -> report();
        }
    }

    /** How many changes there were that are in no run's history. */
    int poolChanges() {
        return poolChanges;
    }

    private void changePool() {
        poolChanges++;
        if (state.pool(RandomFlow.POOL).isPresent() && random.nextInt(3) == 0) {
            handle(new Event.PoolRemovalRequested(RandomFlow.POOL));
            return;
        }
        OptionalInt rate =
                random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(3)) : OptionalInt.empty();
        handle(
                new Event.PoolSetRequested(
                        new PoolLimit(
                                RandomFlow.POOL, RandomFlow.HEAVIEST + random.nextInt(2), rate)));
    }

    private void load() {
        versions++;
        handle(new Event.PipelineLoaded("v" + versions, flow));
    }

    /**
     * The process dies, and another begins with what was kept: it takes up what there is, or is
     * asked for it again. Some attempts may live on.
     */
    private void restart() {
        state = new State(slots, store.lastNumbers());
        timers.clear();
        String version = "v" + versions;
        state.recall(version, store.definition(PIPELINE, version).orElseThrow());
        state.load(PIPELINE, version);
        store.pools().forEach(it -> state.fold(new Change.PoolSet(it.limit()), it.setAt()));
        store.countedStarts(now.minus(State.STARTS_REMEMBERED))
                .forEach(it -> state.fold(it.change(), it.at()));
        if (random.nextBoolean()) {
            backfill();
        } else {
            Set<Long> alive =
                    attempts.stream()
                            .map(Effect.StartAttempt::token)
                            .filter(_ -> random.nextBoolean())
                            .collect(Collectors.toSet());
            for (long backfill : Replay.unfinishedInto(state, store, PIPELINE)) {
                handle(new Event.BackfillResumed(backfill, alive));
            }
        }
    }

    private void cancel(Run run) {
        handle(new Event.CancelRequested(run.number(), "not needed"));
    }

    private void clear(Run run) {
        List<TaskInstance> instances =
                run.nodes().stream().flatMap(node -> node.instances().stream()).toList();
        List<TaskInstance> elements =
                instances.stream().filter(it -> it.key().element() != TaskKey.NONE).toList();
        if (!elements.isEmpty() && random.nextBoolean()) {
            instances = elements;
        }
        TaskKey one = instances.get(random.nextInt(instances.size())).key();
        TaskKey all = new TaskKey(run.number(), one.task(), TaskKey.NONE);
        handle(new Event.ClearRequested(run.number(), List.of(random.nextBoolean() ? one : all)));
    }

    /** Somebody says how an instance ended; where that makes no sense it is refused. */
    private void mark(Run run) {
        List<TaskInstance> instances = run.instances();
        TaskKey one = instances.get(random.nextInt(instances.size())).key();
        TaskState to = any(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED);
        try {
            handle(new Event.MarkRequested(run.number(), List.of(one), to, "by hand"));
        } catch (TidemarkException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        }
    }

    private void steer() {
        List<BackfillView> unfinished = store.unfinishedBackfills(PIPELINE);
        if (!unfinished.isEmpty()) {
            BackfillView one = unfinished.get(random.nextInt(unfinished.size()));
            Steering steering =
                    random.nextInt(4) == 0 ? Steering.CANCEL : any(Steering.PAUSE, Steering.RESUME);
            handle(new Event.BackfillSteered(one.number(), one.state(), steering, "by hand"));
        }
    }

    private void backfill() {
        List<Interval> intervals =
                IntStream.range(0, 1 + random.nextInt(DAYS)).mapToObj(Samples::day).toList();
        Map<Interval, BackfillPlan.Existing> existing =
                store.findRuns(PIPELINE, Map.of(), intervals);
        BackfillPlan.Reprocess reprocess = any(BackfillPlan.Reprocess.values());
        List<BackfillPlan.Item> items =
                intervals.stream()
                        .map(
                                interval ->
                                        BackfillPlan.item(
                                                interval,
                                                "backfill__" + interval.start(),
                                                Optional.ofNullable(existing.get(interval)),
                                                reprocess))
                        .toList();
        BackfillPlan plan =
                new BackfillPlan(
                        PIPELINE,
                        Map.of(),
                        new BackfillPlan.Options(reprocess, 1 + random.nextInt(3), 3),
                        items);
        Optional<BackfillView> unfinished =
                store.unfinishedBackfills(PIPELINE).stream().findFirst();
        unfinished
                .filter(view -> view.state() == BackfillState.PAUSED)
                .map(it -> new Event.BackfillSteered(it.number(), it.state(), Steering.RESUME, ""))
                .ifPresent(this::handle);
        long replaces =
                unfinished
                        .map(BackfillView::number)
                        .filter(number -> !store.backfill(number).orElseThrow().state().isFinal())
                        .orElse(0L);
        handle(new Event.BackfillRequested(plan, replaces));
    }

    private void fireTimer() {
        if (!timers.isEmpty()) {
            Effect.SetTimer timer = timers.remove(random.nextInt(timers.size()));
            now = timer.at().isAfter(now) ? timer.at() : now;
            handle(timer.event());
        }
    }

    /** An attempt ends; some tell it twice, and some that nobody waits for any more. */
    private void report() {
        if (!attempts.isEmpty()) {
            int place = random.nextInt(attempts.size());
            Effect.StartAttempt attempt = attempts.get(place);
            if (random.nextInt(8) > 0) {
                attempts.remove(place);
            }
            handle(
                    new Event.AttemptReported(
                            attempt.task(),
                            attempt.token(),
                            RandomOutcome.of(random, attempt.task(), attempt.token())));
        }
    }

    private void handle(Event first) {
        List<Change> changes = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        Deque<Event> events = new ArrayDeque<>(List.of(first));
        while (!events.isEmpty()) {
            Event event = events.remove();
            bringIn(event);
            Decision decision = Decider.decide(state, event, now);
            decision.changes().forEach(change -> state.fold(change, now));
            changes.addAll(decision.changes());
            effects.addAll(decision.effects());
            events.addAll(decision.next());
        }
        Samples.commit(store, changes, now);
        effects.forEach(this::act);
    }

    private void act(Effect effect) {
        switch (effect) {
            case Effect.StartAttempt it -> attempts.add(it);
            case Effect.StopAttempt _ -> {}
            case Effect.SetTimer it -> timers.add(it);
        }
    }

    /** Brings in the run that an event is about, where it is not at hand. */
    private void bringIn(Event event) {
        if (event instanceof Event.BackfillPerhapsNext it) {
            state.backfill(it.backfill())
                    .flatMap(backfill -> backfill.next())
                    .map(BackfillPlan.Item::run)
                    .filter(run -> run > 0 && state.run(run).isEmpty())
                    .ifPresent(run -> Replay.into(state, store, run));
        }
    }

    private Optional<Run> run(RunState inState) {
        List<Run> runs = state.runs().stream().filter(run -> run.state() == inState).toList();
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(runs.get(random.nextInt(runs.size())));
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
