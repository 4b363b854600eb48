package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunState;
import dev.tidemark.core.ScheduleState;
import dev.tidemark.core.UnknownEffects;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Versions of pipelines, and runs, in memory. */
final class MemoryRuns {
    private final MemoryTable<PipelineVersion, PipelineDefinition> definitions;
    private final MemoryTable<PipelineVersion, Set<String>> verified;
    private final MemoryTable<String, String> latest;
    private final MemoryTable<Long, RunView> runs;

    /** Run numbers by what is unique: once by what they cover, once by their text id. */
    private final MemoryTable<String, Long> unique;

    MemoryRuns(Undo undo) {
        definitions = new MemoryTable<>(PipelineVersion.ORDER, undo);
        verified = new MemoryTable<>(PipelineVersion.ORDER, undo);
        latest = new MemoryTable<>(Comparator.<String>naturalOrder(), undo);
        runs = new MemoryTable<>(Comparator.<Long>naturalOrder(), undo);
        unique = new MemoryTable<>(Comparator.<String>naturalOrder(), undo);
    }

    /** The first definition of a version stays: a version is a hash of its code. */
    void register(Change.PipelineRegistered it) {
        PipelineVersion version = new PipelineVersion(it.definition().name(), it.version());
        if (!definitions.has(version)) {
            definitions.put(version, it.definition());
            latest.put(version.pipeline(), version.version());
        }
    }

    void verify(Change.TasksVerified it) {
        PipelineVersion version = new PipelineVersion(it.pipeline(), it.version());
        if (!definitions.has(version)) {
            throw Disagreement.about(it);
        }
        Set<String> tasks = new HashSet<>(verified(version));
        tasks.addAll(it.tasks());
        verified.put(version, tasks);
    }

    private Set<String> verified(PipelineVersion version) {
        return verified.get(version).orElse(Set.of());
    }

    Optional<PipelineDefinition> definition(String pipeline, String version) {
        PipelineVersion key = new PipelineVersion(pipeline, version);
        return definitions.get(key).map(it -> UnknownEffects.verified(it, verified(key)));
    }

    Map<PipelineVersion, Set<String>> registered(Collection<PipelineVersion> versions) {
        Map<PipelineVersion, Set<String>> registered = new HashMap<>();
        for (PipelineVersion version : versions) {
            if (definitions.has(version)) {
                registered.put(version, verified(version));
            }
        }
        return registered;
    }

    Optional<String> latestVersion(String pipeline) {
        return latest.get(pipeline);
    }

    void create(Change.RunCreated it, Instant at) {
        RunIdentity identity = it.identity();
        String covers = covers(identity.pipeline(), identity.parameters(), identity.interval());
        String named = "named " + identity.pipeline() + " " + identity.name();
        if (runs.has(it.run())
                || unique.has(covers)
                || unique.has(named)
                || definition(identity.pipeline(), it.version()).isEmpty()) {
            throw Disagreement.about(it);
        }
        unique.put(covers, it.run());
        unique.put(named, it.run());
        runs.put(
                it.run(),
                new RunView(
                        it.run(),
                        identity,
                        it.version(),
                        new RunView.Status(RunState.QUEUED, 1, it.backfill()),
                        new RunView.Times(at, Optional.empty(), Optional.empty())));
    }

    void move(Change.RunMoved it, Instant at) {
        RunView run =
                runs.get(it.run())
                        .filter(row -> row.state() == it.from())
                        .orElseThrow(() -> Disagreement.about(it));
        RunView.Times times = run.times();
        Optional<Instant> started =
                it.to() == RunState.RUNNING
                        ? times.started().or(() -> Optional.of(at))
                        : times.started();
        Optional<Instant> ended = it.to().isFinal() ? Optional.of(at) : Optional.empty();
        put(
                run,
                run.version(),
                new RunView.Status(it.to(), run.status().tryNumber(), run.status().backfill()),
                new RunView.Times(times.created(), started, ended));
    }

    void reopen(Change.RunReopened it) {
        RunView run =
                runs.get(it.run())
                        .filter(row -> isNext(row, it))
                        .orElseThrow(() -> Disagreement.about(it));
        boolean sameTry = run.status().tryNumber() == it.tryNumber();
        put(
                run,
                it.version(),
                new RunView.Status(RunState.QUEUED, it.tryNumber(), it.backfill()),
                new RunView.Times(
                        run.times().created(),
                        run.times().started().filter(_ -> sameTry),
                        Optional.empty()));
    }

    private boolean isNext(RunView run, Change.RunReopened it) {
        int tries = run.status().tryNumber();
        return (it.tryNumber() == tries || it.tryNumber() == tries + 1)
                && definition(run.pipeline(), it.version()).isPresent();
    }

    private void put(RunView run, String version, RunView.Status status, RunView.Times times) {
        runs.put(run.number(), new RunView(run.number(), run.identity(), version, status, times));
    }

    Map<Interval, BackfillPlan.Existing> find(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        Map<Interval, BackfillPlan.Existing> found = new HashMap<>();
        for (Interval interval : intervals) {
            unique.get(covers(pipeline, parameters, interval))
                    .flatMap(runs::get)
                    .ifPresent(run -> found.put(interval, found(run)));
        }
        return found;
    }

    /** Runs with no parameters but the defaults, by interval. */
    Map<Interval, BackfillPlan.Existing> starting(String pipeline, Instant from, Instant until) {
        Map<Interval, BackfillPlan.Existing> found = new HashMap<>();
        for (RunView run : runs.all()) {
            Instant start = run.identity().interval().start();
            if (isPlain(run, pipeline) && !start.isBefore(from) && start.isBefore(until)) {
                found.put(run.identity().interval(), found(run));
            }
        }
        return found;
    }

    Standing standing(String pipeline, ScheduleState.Kept kept) {
        Instant open = kept.last().map(it -> it.start().plusNanos(1)).orElse(Instant.MIN);
        return new Standing(
                kept,
                starting(pipeline, open, Instant.MAX),
                runs.all().stream()
                        .filter(run -> isPlain(run, pipeline))
                        .filter(run -> run.identity().interval().start().isBefore(open))
                        .max(Comparator.comparing(run -> run.identity().interval().start()))
                        .map(MemoryRuns::previous),
                runs.all().stream()
                        .filter(run -> run.pipeline().equals(pipeline))
                        .filter(run -> run.status().backfill() == 0 && !run.state().isFinal())
                        .map(RunView::number)
                        .toList());
    }

    private static ScheduleState.Previous previous(RunView run) {
        return new ScheduleState.Previous(run.number(), run.identity().interval(), run.state());
    }

    private static boolean isPlain(RunView run, String pipeline) {
        return run.pipeline().equals(pipeline) && run.identity().parameters().isEmpty();
    }

    private static BackfillPlan.Existing found(RunView run) {
        return new BackfillPlan.Existing(
                run.number(), run.name(), run.state(), run.status().backfill());
    }

    /** In canonical form, so that different things have different texts. */
    private static String covers(
            String pipeline, Map<String, String> parameters, Interval interval) {
        return "covers " + pipeline + " " + interval + " " + Json.parameters(parameters);
    }

    Optional<RunView> run(long number) {
        return runs.get(number);
    }

    Collection<RunView> all() {
        return runs.all();
    }

    List<RunView> show(RunFilter filter) {
        return runs.newestFirst().stream().filter(filter::shows).limit(filter.limit()).toList();
    }

    long lastNumber() {
        return runs.lastKey().orElse(0L);
    }
}
