package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Plays a made-up pipeline over some intervals: attempts end in any order, in any way. */
final class RandomPlay {
    private static final int MOST_STEPS = 5_000;

    private final Random random;
    private final Turns turns;
    private final PipelineDefinition flow;
    private final int days;
    private final int maxActive;
    private long backfill;

    private RandomPlay(long seed) {
        this.random = new Random(seed);
        this.flow = RandomFlow.of(random);
        this.turns = Turns.withSlots(1 + random.nextInt(5)).load("v1", flow);
        this.days = 1 + random.nextInt(3);
        this.maxActive = 1 + random.nextInt(2);
        if (random.nextBoolean()) {
            setPool();
        }
        request(Backfills.plan(maxActive, 5, Backfills.days(days)), 0);
    }

    static RandomPlay seeded(long seed) {
        return new RandomPlay(seed);
    }

    Turns turns() {
        return turns;
    }

    private void request(BackfillPlan plan, long replaces) {
        backfill = turns.state().nextBackfill();
        turns.decide(new Event.BackfillRequested(plan, replaces));
    }

    /** Attempts end until all is at rest. */
    void toRest() {
        for (int step = 0; turns.state().backfill(backfill).isPresent(); step++) {
            assertThat(step).as("steps without an end").isLessThan(MOST_STEPS);
            step();
        }
    }

    /** As {@link #toRest}, while somebody cancels, clears and kills the process. */
    void disturbedToRest(int disturbances) {
        int left = disturbances;
        for (int step = 0; turns.state().backfill(backfill).isPresent(); step++) {
            assertThat(step).as("steps without an end").isLessThan(MOST_STEPS);
            step();
            if (left > 0 && random.nextInt(5) == 0) {
                left--;
                disturb();
                turns.checkReplay();
            }
        }
    }

    private void step() {
        if (turns.open().isEmpty() || random.nextInt(8) == 0) {
            boolean advanced = turns.advanceToTimer();
            assertThat(advanced || !turns.open().isEmpty())
                    .as("nothing can move any more")
                    .isTrue();
            return;
        }
        List<Map.Entry<TaskKey, Long>> open = new ArrayList<>(turns.open().entrySet());
        Map.Entry<TaskKey, Long> one = open.get(random.nextInt(open.size()));
        Event report = new Event.AttemptReported(one.getKey(), one.getValue(), outcome(one));
        turns.decide(report);
        if (random.nextInt(8) == 0) {
            turns.decide(report);
        }
    }

    private Outcome outcome(Map.Entry<TaskKey, Long> attempt) {
        if (attempt.getKey().task().startsWith("list") && random.nextInt(4) > 0) {
            return Outcomes.list(random.nextInt(4));
        }
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> Outcomes.FAILURE;
            case 3, 4 -> Outcomes.SKIP;
            case 5, 6 -> Outcomes.TRANSIENT;
            case 7 -> Outcomes.CHARGED_LOSS;
            case 8 -> Outcomes.UNCHARGED_LOSS;
            default -> Outcomes.SUCCESS;
        };
    }

    /** Large enough for the heaviest task. */
    private void setPool() {
        OptionalInt rate =
                random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(4)) : OptionalInt.empty();
        turns.decide(
                new Event.PoolSetRequested(
                        new PoolLimit(
                                RandomFlow.POOL, RandomFlow.HEAVIEST + random.nextInt(2), rate)));
    }

    private void disturb() {
        switch (random.nextInt(7)) {
            case 5 -> setPool();
            case 6 -> {
                if (turns.state().pool(RandomFlow.POOL).isPresent()) {
                    turns.decide(new Event.PoolRemovalRequested(RandomFlow.POOL));
                }
            }
            case 0 -> restart();
            case 1 -> pauseForAWhile();
            case 2 -> anyRun().filter(run -> run.state() == RunState.RUNNING).ifPresent(this::mark);
            case 3 ->
                    anyRun().filter(run -> !run.state().isFinal())
                            .map(run -> new Event.CancelRequested(run.number(), "not needed"))
                            .ifPresent(turns::decide);
            default ->
                    anyRun().filter(run -> run.state() == RunState.RUNNING)
                            .map(run -> new Event.ClearRequested(run.number(), someTasks(run)))
                            .ifPresent(turns::decide);
        }
    }

    /** Runs under way go on meanwhile, and no other one starts. */
    private void pauseForAWhile() {
        steer(Steering.PAUSE);
        int runs = turns.changes(Change.RunCreated.class).size();
        for (int step = random.nextInt(20); step > 0 && !turns.open().isEmpty(); step--) {
            step();
        }
        assertThat(turns.changes(Change.RunCreated.class)).hasSize(runs);
        steer(Steering.RESUME);
    }

    private void steer(Steering steering) {
        turns.state()
                .backfill(backfill)
                .map(it -> new Event.BackfillSteered(backfill, it.state(), steering, ""))
                .ifPresent(turns::decide);
    }

    /** Somebody says how an instance ended; where that makes no sense it is refused. */
    private void mark(Run run) {
        List<TaskInstance> instances = run.instances();
        TaskKey key = instances.get(random.nextInt(instances.size())).key();
        TaskState to =
                List.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED)
                        .get(random.nextInt(3));
        int before = turns.history().size();
        try {
            turns.decide(new Event.MarkRequested(run.number(), List.of(key), to, ""));
        } catch (TidemarkException refused) {
            assertThat(turns.history()).as(refused.getMessage()).hasSize(before);
        }
    }

    private Optional<Run> anyRun() {
        List<Run> runs = new ArrayList<>(turns.state().runs());
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(runs.get(random.nextInt(runs.size())));
    }

    /** Some instances, and all that waits for their tasks. */
    private List<TaskKey> someTasks(Run run) {
        List<TaskInstance> instances =
                run.nodes().stream().flatMap(node -> node.instances().stream()).toList();
        TaskKey first = instances.get(random.nextInt(instances.size())).key();
        List<TaskKey> keys = new ArrayList<>(List.of(first));
        for (String below : run.graph().withDownstream(java.util.Set.of(first.task()))) {
            if (!below.equals(first.task())) {
                keys.add(new TaskKey(run.number(), below, TaskKey.NONE));
            }
        }
        return keys;
    }

    /** The process dies; the next one takes up the same intervals, perhaps with other code. */
    private void restart() {
        List<BackfillPlan.Item> items = new ArrayList<>();
        for (BackfillPlan.Item item : Backfills.days(days)) {
            Optional<BackfillPlan.Existing> existing =
                    turns.replayed().runs().stream()
                            .filter(run -> run.identity().interval().equals(item.interval()))
                            .map(
                                    run ->
                                            new BackfillPlan.Existing(
                                                    run.number(),
                                                    run.identity().name(),
                                                    run.state(),
                                                    run.backfill()))
                            .findFirst();
            items.add(
                    BackfillPlan.item(
                            item.interval(),
                            item.runName(),
                            existing,
                            BackfillPlan.Reprocess.FAILED));
        }
        turns.restart().load(random.nextBoolean() ? "v1" : "v2", flow);
        request(Backfills.plan(maxActive, 5, items), backfill);
    }
}
