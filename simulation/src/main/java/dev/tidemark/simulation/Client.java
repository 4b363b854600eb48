package dev.tidemark.simulation;

import dev.tidemark.TaskDefinition;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Command;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.Steering;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.WatermarkKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** All who want something: they post commands, ask engines, ask again, and wait for answers. */
final class Client {
    private static final LocalDate FIRST_DAY = LocalDate.parse("2001-02-01");
    private static final int DAYS = 9;
    private static final int MOST_STARTS = 6;
    private static final int MOST_LATELY = 2;

    private final World world;
    private final Map<String, Command> posted = new TreeMap<>();
    private final Map<String, Command> open = new LinkedHashMap<>();
    private final Deque<Command.Request> lately = new ArrayDeque<>();
    private int made;

    Client(World world) {
        this.world = world;
    }

    /** Wants something, of the store or of one engine. */
    void act() {
        want(command());
    }

    /** Wants a run given up, now. */
    void cancel(long run) {
        want(new Command.Cancel(run, "not needed"));
    }

    /** Wants again what somebody wanted before. */
    void repeat() {
        List<Command> before =
                posted.values().stream().filter(Command.Request.class::isInstance).toList();
        if (!before.isEmpty()) {
            want(world.dice.any(before));
        }
    }

    private void want(Command command) {
        List<EngineProcess> servers = world.servers();
        if (world.dice.chance(world.settings.cast().commands())) {
            world.run(command);
        } else if (world.dice.chance(0.3) && !servers.isEmpty()) {
            EngineProcess process = world.dice.any(servers);
            world.log(process + " is asked for " + command);
            CompletableFuture<Long> _ =
                    world.invariant(AcknowledgedIsDurable.class).asked(process, command);
            process.wake();
        } else {
            post(command);
        }
    }

    private void post(Command command) {
        made++;
        String key = "key-" + made;
        posted.put(key, command);
        open.put(key, command);
        post(key);
    }

    /** Posts until it is sure that the store has it, and sometimes again. */
    private void post(String key) {
        Command command = posted.get(key);
        if (command == null) {
            throw new IllegalStateException(key);
        }
        boolean fails = world.happens(Fault.POST_FAILED);
        if (!fails || world.dice.coin()) {
            world.log("posts " + key + ": " + command);
            world.store.post(key, command, world.now());
            hintPerhaps();
        }
        if (fails) {
            world.agenda.after(world.dice.millis(100, 5_000), () -> post(key));
        } else if (world.happens(Fault.POSTED_TWICE)) {
            world.agenda.after(world.dice.millis(0, 60_000), () -> post(key));
        }
    }

    private void hintPerhaps() {
        if (world.dice.coin()) {
            world.living().forEach(EngineProcess::hint);
        }
    }

    /** The command that was posted under a key. */
    Optional<Command> postedAs(String key) {
        return Optional.ofNullable(posted.get(key));
    }

    /** Reads the answers that are there by now. */
    void readAnswers() {
        for (String key : List.copyOf(open.keySet())) {
            Optional<Answer> answer = world.store.answer(key);
            if (answer.isPresent()) {
                world.invariant(CommandsTakeEffectOnce.class).read(key, answer.get());
                open.remove(key);
            }
        }
    }

    boolean waits() {
        return !open.isEmpty();
    }

    private Command command() {
        if (world.dice.chance(0.08)) {
            String pipeline = world.dice.any(world.versions.keySet());
            boolean paused = world.ledger.schedule(pipeline).isPaused();
            return paused == world.dice.chance(0.8)
                    ? new Command.ResumePipeline(pipeline)
                    : new Command.PausePipeline(pipeline, "for a while");
        }
        if (world.dice.chance(0.03)) {
            return verify();
        }
        if (world.dice.chance(0.08)) {
            return poolChange();
        }
        if (world.dice.chance(0.03)) {
            return setWatermark();
        }
        if (world.dice.chance(0.06)) {
            return new Command.Request(world.dice.any(world.versions.keySet()), sinceWatermark());
        }
        Optional<RunRecord> run = run();
        if (run.isEmpty() || world.dice.chance(0.5)) {
            return request();
        }
        long number = run.get().number;
        return switch (world.dice.below(8)) {
            case 0, 1 -> new Command.Cancel(number, "not needed");
            case 2, 3 -> new Command.Clear(number, tasks(run.get()), accepts());
            case 4, 5 ->
                    world.ledger.backfills.isEmpty()
                            ? new Command.Clear(number, tasks(run.get()), accepts())
                            : steer();
            case 6 -> new Command.Mark(number, tasks(run.get()), mark(), "");
            default ->
                    world.dice.coin() || world.ledger.backfills.isEmpty()
                            ? new Command.RerunRun(number, tasks(run.get()), accepts(), "")
                            : new Command.RerunBackfill(backfill().number, accepts(), "");
        };
    }

    /**
     * Mostly all tasks of a version; perhaps of one that nobody has run yet. Whoever verifies
     * mostly wants history to run again.
     */
    private Command verify() {
        String pipeline = world.dice.any(world.versions.keySet());
        String version = world.dice.any(Objects.requireNonNull(world.versions.get(pipeline)));
        List<String> tasks =
                world.definition(pipeline, version).tasks().stream()
                        .map(TaskDefinition::name)
                        .toList();
        if (world.dice.chance(0.7)) {
            world.agenda.after(
                    world.dice.millis(1_000, 60_000),
                    () -> post(new Command.Request(pipeline, allAgain())));
        }
        return new Command.Verify(
                pipeline,
                version,
                world.dice.chance(0.7) ? Set.copyOf(tasks) : Set.of(world.dice.any(tasks)));
    }

    private RunRequest allAgain() {
        RunRequest some = intervals();
        return new RunRequest(
                some.dates(),
                Map.of(),
                RunRequest.Again.of(Optional.of(BackfillPlan.Reprocess.ALL)),
                some.pace(),
                "");
    }

    private boolean accepts() {
        return world.dice.chance(0.7);
    }

    private TaskState mark() {
        return world.dice.any(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED);
    }

    private Command steer() {
        BackfillRecord backfill = backfill();
        Steering steering =
                backfill.isPaused()
                        ? world.dice.any(Steering.RESUME, Steering.CANCEL)
                        : world.dice.any(Steering.PAUSE, Steering.PAUSE, Steering.CANCEL);
        return new Command.Steer(backfill.number, steering, "not now");
    }

    /** One of those there are; mostly one that is under way. */
    private BackfillRecord backfill() {
        List<BackfillRecord> all = List.copyOf(world.ledger.backfills.values());
        List<BackfillRecord> live = all.stream().filter(BackfillRecord::isLive).toList();
        return world.dice.any(live.isEmpty() || world.dice.chance(0.3) ? all : live);
    }

    /** Whoever paused something resumes it in the end, or gives it up. */
    void endPauses() {
        for (BackfillRecord backfill : List.copyOf(world.ledger.backfills.values())) {
            boolean isAsked =
                    open.values().stream()
                            .anyMatch(
                                    command ->
                                            command instanceof Command.Steer it
                                                    && it.backfill() == backfill.number);
            if (backfill.isPaused() && !isAsked) {
                Steering steering =
                        world.dice.any(Steering.RESUME, Steering.RESUME, Steering.CANCEL);
                post(new Command.Steer(backfill.number, steering, "goes on"));
            }
        }
    }

    /** Often what somebody wanted a moment ago, or other intervals of the same pipeline. */
    private Command request() {
        Command.Request request =
                lately.isEmpty() || world.dice.chance(0.6)
                        ? new Command.Request(world.dice.any(world.versions.keySet()), intervals())
                        : world.dice.any(lately);
        if (world.dice.chance(0.3)) {
            request = new Command.Request(request.pipeline(), intervals());
        }
        lately.addLast(request);
        if (lately.size() > MOST_LATELY) {
            lately.removeFirst();
        }
        return request;
    }

    private RunRequest intervals() {
        int first = world.dice.below(MOST_STARTS);
        LocalDate from = FIRST_DAY.plusDays(first);
        boolean isLong = world.dice.chance(0.15);
        LocalDate to = from.plusDays(isLong ? DAYS - first - 1 : world.dice.below(3));
        return new RunRequest(
                world.dice.chance(0.1)
                        ? Optional.empty()
                        : Optional.of(new RunRequest.Range(from, to)),
                world.dice.chance(0.2) ? Map.of("p", "1") : Map.of(),
                new RunRequest.Again(
                        world.dice.chance(0.2)
                                ? Optional.empty()
                                : Optional.of(world.dice.any(BackfillPlan.Reprocess.values())),
                        accepts(),
                        world.dice.any(
                                BackfillPlan.WatermarkUse.KEEP, BackfillPlan.WatermarkUse.ADVANCE)),
                RunRequest.Pace.of(world.dice.from(1, 3)),
                "");
    }

    /** From where a watermark stands, perhaps not to the end. */
    private RunRequest sinceWatermark() {
        Optional<LocalDate> to =
                world.dice.chance(0.3)
                        ? Optional.of(FIRST_DAY.plusDays(world.dice.below(DAYS)))
                        : Optional.empty();
        return new RunRequest(
                Optional.of(new RunRequest.SinceWatermark(Optional.empty(), to)),
                Map.of(),
                new RunRequest.Again(Optional.empty(), accepts(), BackfillPlan.WatermarkUse.FOLLOW),
                RunRequest.Pace.of(world.dice.from(1, 3)),
                "");
    }

    private Command setWatermark() {
        Instant first = FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Command.SetWatermark(
                new WatermarkKey(world.dice.any(world.versions.keySet()), RandomPipeline.WATERMARK),
                first.plus(Duration.ofHours(6L * world.dice.below(4 * DAYS))),
                "so it is");
    }

    /** A pool with room for the heaviest task, or none any more. */
    private Command poolChange() {
        String pool = world.dice.any(RandomPipeline.POOLS);
        if (world.dice.chance(0.15)) {
            return new Command.RemovePool(pool);
        }
        return new Command.SetPool(
                new PoolLimit(
                        pool,
                        RandomPipeline.HEAVIEST + world.dice.below(2),
                        world.dice.chance(0.4)
                                ? OptionalInt.of(world.dice.from(1, 5))
                                : OptionalInt.empty()));
    }

    /** Limits that are there before anything runs. */
    void limit() {
        want(poolChange());
    }

    /** Mostly one that is under way. */
    private Optional<RunRecord> run() {
        List<RunRecord> runs = world.ledger.underWay();
        if (runs.isEmpty() || world.dice.chance(0.3)) {
            runs = List.copyOf(world.ledger.runs.values());
        }
        return runs.isEmpty() ? Optional.empty() : Optional.of(world.dice.any(runs));
    }

    private List<TaskKey> tasks(RunRecord run) {
        List<TaskKey> keys = new ArrayList<>();
        for (int i = world.dice.from(1, 3); i > 0; i--) {
            TaskKey one = world.dice.any(run.instances()).key;
            TaskKey key =
                    world.dice.coin() ? one : new TaskKey(run.number, one.task(), TaskKey.NONE);
            if (keys.stream().noneMatch(other -> other.task().equals(key.task()))) {
                keys.add(key);
            }
        }
        return keys;
    }
}
