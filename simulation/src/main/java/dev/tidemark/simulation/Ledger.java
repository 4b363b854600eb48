package dev.tidemark.simulation;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Answer;
import dev.tidemark.core.Change;
import dev.tidemark.core.PoolKey;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.WatermarkKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The committed history, folded a second time: plainly, and without the code that it is compared
 * with.
 */
final class Ledger {
    final TreeMap<Long, RunRecord> runs = new TreeMap<>();
    final TreeMap<Long, BackfillRecord> backfills = new TreeMap<>();
    final TreeMap<Long, AttemptRecord> attempts = new TreeMap<>();
    final Map<String, ScheduleRecord> schedules = new TreeMap<>();
    final Map<WatermarkKey, WatermarkRecord> watermarks = new LinkedHashMap<>();
    final Map<String, Answer> answers = new TreeMap<>();
    final Map<String, PoolLimit> pools = new TreeMap<>();
    final List<Counted> counted = new ArrayList<>();
    private final Map<String, PipelineDefinition> definitions = new TreeMap<>();
    private final Set<String> verified = new TreeSet<>();

    /** A start that counts towards the rate of a pool. */
    record Counted(PoolKey pool, Instant at) {}

    void fold(Change change, Committed commit) {
        switch (change) {
            case Change.PipelineRegistered it ->
                    definitions.putIfAbsent(
                            it.definition().name() + "@" + it.version(), it.definition());
            case Change.TasksVerified it -> verified(it);
            case Change.RunCreated it -> {
                PipelineDefinition definition = definition(it.identity().pipeline(), it.version());
                RunRecord run = new RunRecord(it.run(), it.identity(), definition);
                run.open(1, it.version(), definition, it.backfill());
                runs.put(it.run(), run);
                backfill(it.backfill()).ifPresent(backfill -> backfill.begun(it.run()));
                if (it.backfill() == 0) {
                    schedule(it.identity().pipeline()).last = it.identity().interval();
                }
            }
            case Change.RunMoved it -> {
                RunRecord run = run(it.run());
                run.state = it.to();
                if (it.to().isFinal()) {
                    backfill(run.backfill).ifPresent(backfill -> backfill.ended(it.run(), it.to()));
                }
            }
            case Change.RunReopened it -> {
                RunRecord run = run(it.run());
                PipelineDefinition definition = definition(run.identity.pipeline(), it.version());
                if (run.backfill != it.backfill()) {
                    backfill(run.backfill).ifPresent(backfill -> backfill.active.remove(it.run()));
                }
                run.open(it.tryNumber(), it.version(), definition, it.backfill());
                backfill(it.backfill()).ifPresent(backfill -> backfill.begun(it.run()));
            }
            case Change.TaskExpanded it -> run(it.run()).expand(it.task(), it.elements());
            case Change.TaskMoved it -> instance(it.task()).move(it.to(), commit.at());
            case Change.TaskCleared it -> run(it.task().run()).clear(it.task());
            case Change.AttemptStarted it -> {
                instance(it.task()).start(it.number(), it.token(), commit.at());
                attempts.put(
                        it.token(),
                        new AttemptRecord(
                                it.task(), it.token(), commit.by(), commit.epoch(), commit.at()));
            }
            case Change.AttemptEnded it -> instance(it.task()).end(it.to(), it.outcome(), it.due());
            case Change.LateResult _ -> {}
            case Change.BackfillCreated it ->
                    backfills.put(
                            it.backfill(),
                            new BackfillRecord(it.backfill(), it.plan(), commit.by()));
            case Change.IntervalSkipped it ->
                    backfill(it.backfill()).ifPresent(backfill -> backfill.handled++);
            case Change.BackfillMoved it ->
                    backfill(it.backfill()).ifPresent(backfill -> backfill.state = it.to());
            case Change.BackfillEnded it ->
                    backfill(it.backfill()).ifPresent(backfill -> backfill.state = it.state());
            case Change.OfSchedule it -> schedule(it.pipeline()).fold(it, commit.at());
            case Change.OfWatermark it -> watermark(it.watermark()).fold(it);
            case Change.AlertRaised _ -> {}
            case Change.PoolSet it -> pools.put(it.limit().pool(), it.limit());
            case Change.PoolRemoved it -> pools.remove(it.pool());
            case Change.StartCounted it -> counted.add(new Counted(it.pool(), commit.at()));
            case Change.CommandAnswered it -> answers.put(it.key(), it.answer());
        }
    }

    PipelineDefinition definition(String pipeline, String version) {
        return Objects.requireNonNull(definitions.get(pipeline + "@" + version));
    }

    private void verified(Change.TasksVerified it) {
        it.tasks().forEach(task -> verified.add(it.pipeline() + "@" + it.version() + "/" + task));
    }

    boolean isVerified(String pipeline, String version, String task) {
        return verified.contains(pipeline + "@" + version + "/" + task);
    }

    RunRecord run(long number) {
        return Objects.requireNonNull(runs.get(number), () -> "no run " + number);
    }

    Optional<BackfillRecord> backfill(long number) {
        return Optional.ofNullable(backfills.get(number));
    }

    InstanceRecord instance(TaskKey key) {
        return Optional.ofNullable(runs.get(key.run()))
                .flatMap(run -> run.instance(key))
                .orElseThrow(() -> new Violation("Ledger", "there is no " + key));
    }

    /** Whether the attempt with this token is the one that counts. */
    boolean isCurrent(long token) {
        AttemptRecord attempt = attempts.get(token);
        return attempt != null
                && Optional.ofNullable(runs.get(attempt.task().run()))
                        .flatMap(run -> run.instance(attempt.task()))
                        .filter(instance -> instance.token == token)
                        .filter(instance -> instance.state == TaskState.RUNNING)
                        .isPresent();
    }

    /** Runs that a live backfill has under way. */
    List<RunRecord> underWay() {
        return runs.values().stream().filter(this::isUnderWay).toList();
    }

    /** Those of them that are for this process to go on with. */
    List<RunRecord> underWay(EngineProcess process) {
        return runs.values().stream().filter(run -> isUnderWay(run, process)).toList();
    }

    private boolean isUnderWay(RunRecord run) {
        return run.state == RunState.RUNNING
                && (run.backfill == 0
                        || backfill(run.backfill).filter(BackfillRecord::isLive).isPresent());
    }

    /** What schedules run is for servers to go on with. */
    boolean isUnderWay(RunRecord run, EngineProcess process) {
        return isUnderWay(run)
                && (run.backfill == 0
                        ? process.isServer()
                        : backfill(run.backfill).filter(it -> it.isOf(process)).isPresent());
    }

    /** The runs of a pipeline's schedule that are under way, or, queued, wait for their turn. */
    List<RunRecord> ofSchedule(String pipeline, RunState state) {
        return runs.values().stream()
                .filter(run -> run.backfill == 0 && run.state == state)
                .filter(run -> run.identity.pipeline().equals(pipeline))
                .toList();
    }

    ScheduleRecord schedule(String pipeline) {
        return schedules.computeIfAbsent(pipeline, _ -> new ScheduleRecord());
    }

    WatermarkRecord watermark(WatermarkKey key) {
        return watermarks.computeIfAbsent(key, _ -> new WatermarkRecord());
    }

    boolean hasOpenRun() {
        return runs.values().stream().anyMatch(run -> !run.state.isFinal());
    }

    boolean hasLiveBackfill() {
        return backfills.values().stream().anyMatch(BackfillRecord::isLive);
    }

    /** The run that a change is about, 0 for none. */
    static long runOf(Change change) {
        return switch (change) {
            case Change.RunCreated it -> it.run();
            case Change.RunMoved it -> it.run();
            case Change.RunReopened it -> it.run();
            case Change.TaskExpanded it -> it.run();
            case Change.TaskMoved it -> it.task().run();
            case Change.TaskCleared it -> it.task().run();
            case Change.AttemptStarted it -> it.task().run();
            case Change.AttemptEnded it -> it.task().run();
            case Change.LateResult it -> it.task().run();
            case Change.PipelineRegistered _,
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
                    0;
        };
    }
}
