package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.WatermarkKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Changes of a turn that can be written kind by kind, all of one kind at once, with the same effect
 * as one after the other: where two of them touch the same row, the later one is of a later kind.
 */
final class TurnGroup {
    private final List<Change.PipelineRegistered> registered = new ArrayList<>();
    private final List<Change.ScheduleEnabled> enabled = new ArrayList<>();
    private final List<Change.BackfillCreated> backfillsCreated = new ArrayList<>();
    private final List<Change.RunCreated> runsCreated = new ArrayList<>();
    private final List<Change.RunReopened> runsReopened = new ArrayList<>();
    private final List<Change.RunMoved> runsMoved = new ArrayList<>();
    private final List<Change.TaskCleared> cleared = new ArrayList<>();
    private final List<Change.TaskExpanded> expanded = new ArrayList<>();
    private final List<Change.AttemptEnded> ended = new ArrayList<>();
    private final List<Change.TaskMoved> moved = new ArrayList<>();
    private final List<Change.AttemptStarted> started = new ArrayList<>();
    private final List<Change.LateResult> late = new ArrayList<>();
    private final List<Change.IntervalSkipped> skipped = new ArrayList<>();
    private final List<Change.BackfillMoved> backfillsMoved = new ArrayList<>();
    private final List<Change.BackfillEnded> backfillsEnded = new ArrayList<>();
    private final List<Change.SchedulePaused> paused = new ArrayList<>();
    private final List<Change.ScheduleResumed> resumed = new ArrayList<>();
    private final List<Change.IntervalsPassed> passed = new ArrayList<>();
    private final List<Change.TasksVerified> verified = new ArrayList<>();
    private final List<Change.AlertRaised> alerts = new ArrayList<>();
    private final List<Change.CommandAnswered> answered = new ArrayList<>();
    private final List<Change.PoolSet> poolsSet = new ArrayList<>();
    private final List<Change.PoolRemoved> poolsRemoved = new ArrayList<>();
    private final List<Change.IntervalAhead> ahead = new ArrayList<>();
    private final List<Change.IntervalNoLongerAhead> noLongerAhead = new ArrayList<>();
    private final List<Change.WatermarkMoved> watermarksMoved = new ArrayList<>();

    /** Runs whose tasks come with what is here. */
    private final Set<Long> newRuns = new HashSet<>();

    private static final int NONE = -1;

    /** The latest kind that touched a place itself. */
    private final Map<Place, Integer> at = new HashMap<>();

    /** The latest kind that touched a place, or something in it. */
    private final Map<Place, Integer> within = new HashMap<>();

    /**
     * What a change can touch as a whole. A run holds its row and its tasks, a task its instances.
     */
    private sealed interface Place {
        record Version(String pipeline, String version) implements Place {}

        record Backfill(long backfill) implements Place {}

        record Run(long run) implements Place {}

        record RunRow(long run) implements Place {}

        record Task(long run, String task) implements Place {}

        record Instance(TaskKey key) implements Place {}

        record Schedule(String pipeline) implements Place {}

        record Command(String key) implements Place {}

        record Pool(String pool) implements Place {}

        record Watermark(WatermarkKey key) implements Place {}

        record Ahead(WatermarkKey key, Interval interval) implements Place {}

        record Start(long token) implements Place {}
    }

    /** Cuts a turn into as few groups as its order allows. */
    static List<TurnGroup> of(List<Change> changes) {
        List<TurnGroup> groups = new ArrayList<>();
        TurnGroup last = new TurnGroup();
        groups.add(last);
        for (Change change : changes) {
            if (!last.take(change)) {
                last = new TurnGroup();
                groups.add(last);
                last.take(change);
            }
        }
        return groups;
    }

    /** The tasks of versions. */
    interface Versions {
        /** Those of all these are asked for next. */
        void fetch(List<PipelineVersion> versions) throws SQLException;

        /** In the order of the graph. */
        List<String> tasks(String pipeline, String version) throws SQLException;
    }

    /** Takes a change, unless it has to wait for those that are here. */
    private boolean take(Change change) {
        if (needsRows(change)) {
            return false;
        }
        int kind = kind(change);
        List<Place> path = path(change);
        Place place = path.getLast();
        // Those of one backfill are counted together.
        int before = change instanceof Change.IntervalSkipped ? kind + 1 : kind;
        if (within.getOrDefault(place, NONE) >= before
                || path.stream().anyMatch(around -> at.getOrDefault(around, NONE) >= before)) {
            return false;
        }
        at.put(place, kind);
        path.forEach(around -> within.merge(around, kind, Math::max));
        add(change);
        return true;
    }

    /** Whether it needs rows that are written after all of its kind. */
    private boolean needsRows(Change change) {
        return switch (change) {
            case Change.RunCreated _ -> !registered.isEmpty();
            case Change.RunReopened it -> newRuns.contains(it.run());
            case Change.TaskCleared it -> newRuns.contains(it.task().run());
            case Change.TaskExpanded it -> newRuns.contains(it.run());
            case Change.AttemptEnded it -> newRuns.contains(it.task().run());
            case Change.PipelineRegistered _,
                    Change.TasksVerified _,
                    Change.RunMoved _,
                    Change.TaskMoved _,
                    Change.AttemptStarted _,
                    Change.LateResult _,
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
                    false;
        };
    }

    /** The tasks that come with what is here. */
    private NewTasks newTasks(Versions versions) throws SQLException {
        NewTasks come = new NewTasks();
        versions.fetch(
                runsCreated.stream()
                        .map(it -> new PipelineVersion(it.identity().pipeline(), it.version()))
                        .toList());
        for (Change.RunCreated it : runsCreated) {
            for (String task : versions.tasks(it.identity().pipeline(), it.version())) {
                come.add(new TaskKey(it.run(), task, TaskKey.NONE));
            }
        }
        expanded.forEach(it -> come.addElements(it.run(), it.task(), it.elements()));
        return come;
    }

    /** Adds what writes all that is here. */
    void write(Volley volley, String at, Versions versions) throws SQLException {
        NewTasks come = newTasks(versions);
        List<Change.TaskMoved> movedBefore = new ArrayList<>();
        for (Change.TaskMoved it : moved) {
            if (come.has(it.task())) {
                come.move(it);
            } else {
                movedBefore.add(it);
            }
        }
        List<Change.AttemptStarted> startedBefore = new ArrayList<>();
        for (Change.AttemptStarted it : started) {
            if (come.has(it.task())) {
                come.start(it);
            } else {
                startedBefore.add(it);
            }
        }
        write(registered, them -> PostgresRuns.register(volley, them, at));
        write(enabled, them -> PostgresSchedules.enable(volley, them, at));
        write(backfillsCreated, them -> PostgresBackfills.create(volley, them, at));
        write(runsCreated, them -> PostgresRuns.create(volley, them, at));
        write(runsCreated, them -> PostgresSchedules.created(volley, them));
        write(runsReopened, them -> PostgresRuns.reopen(volley, them, at));
        write(runsMoved, them -> PostgresRuns.move(volley, them, at));
        write(cleared, them -> PostgresTasks.clear(volley, them, at));
        write(expanded, them -> PostgresTasks.expand(volley, them));
        write(ended, them -> PostgresTasks.end(volley, them, at));
        write(ended, them -> PostgresManifests.publish(volley, them));
        write(movedBefore, them -> PostgresTasks.move(volley, them));
        write(come.take(), them -> PostgresTasks.create(volley, them, at));
        write(startedBefore, them -> PostgresTasks.start(volley, them, at));
        write(late, them -> PostgresTasks.late(volley, them));
        write(skipped, them -> PostgresBackfills.skip(volley, them));
        write(backfillsMoved, them -> PostgresBackfills.move(volley, them));
        write(backfillsEnded, them -> PostgresBackfills.end(volley, them, at));
        write(paused, them -> PostgresSchedules.pause(volley, them, at));
        write(resumed, them -> PostgresSchedules.resume(volley, them, at));
        write(passed, them -> PostgresSchedules.pass(volley, them, at));
        write(alerts, them -> PostgresSchedules.raise(volley, them, at));
        write(poolsSet, them -> PostgresPools.set(volley, them, at));
        write(poolsRemoved, them -> PostgresPools.remove(volley, them));
        write(ahead, them -> PostgresWatermarks.ahead(volley, them));
        write(noLongerAhead, them -> PostgresWatermarks.noLongerAhead(volley, them));
        write(watermarksMoved, them -> PostgresWatermarks.move(volley, them, at));
        write(verified, them -> PostgresRuns.verify(volley, them));
        write(answered, them -> PostgresCommands.answer(volley, them, at));
    }

    private static <T> void write(List<T> changes, Consumer<List<T>> writer) {
        if (!changes.isEmpty()) {
            writer.accept(changes);
        }
    }

    private void add(Change change) {
        switch (change) {
            case Change.PipelineRegistered it -> registered.add(it);
            case Change.TasksVerified it -> verified.add(it);
            case Change.BackfillCreated it -> backfillsCreated.add(it);
            case Change.RunCreated it -> {
                runsCreated.add(it);
                newRuns.add(it.run());
            }
            case Change.RunReopened it -> runsReopened.add(it);
            case Change.RunMoved it -> runsMoved.add(it);
            case Change.TaskCleared it -> cleared.add(it);
            case Change.TaskExpanded it -> expanded.add(it);
            case Change.AttemptEnded it -> ended.add(it);
            case Change.TaskMoved it -> moved.add(it);
            case Change.AttemptStarted it -> started.add(it);
            case Change.LateResult it -> late.add(it);
            case Change.IntervalSkipped it -> skipped.add(it);
            case Change.BackfillMoved it -> backfillsMoved.add(it);
            case Change.BackfillEnded it -> backfillsEnded.add(it);
            case Change.ScheduleEnabled it -> enabled.add(it);
            case Change.SchedulePaused it -> paused.add(it);
            case Change.ScheduleResumed it -> resumed.add(it);
            case Change.IntervalsPassed it -> passed.add(it);
            case Change.IntervalAhead it -> ahead.add(it);
            case Change.IntervalNoLongerAhead it -> noLongerAhead.add(it);
            case Change.WatermarkMoved it -> watermarksMoved.add(it);
            case Change.AlertRaised it -> alerts.add(it);
            case Change.PoolSet it -> poolsSet.add(it);
            case Change.PoolRemoved it -> poolsRemoved.add(it);
            case Change.StartCounted _ -> {} // It stands in the history only.
            case Change.CommandAnswered it -> answered.add(it);
        }
    }

    /** The order in which kinds are written: that of what usually follows from what. */
    private static int kind(Change change) {
        return switch (change) {
            case Change.PipelineRegistered _ -> 0;
            case Change.ScheduleEnabled _ -> 1;
            case Change.BackfillCreated _ -> 2;
            case Change.RunCreated _ -> 3;
            case Change.RunReopened _ -> 4;
            case Change.RunMoved _ -> 5;
            case Change.TaskCleared _ -> 6;
            case Change.TaskExpanded _ -> 7;
            case Change.AttemptEnded _ -> 8;
            case Change.TaskMoved _ -> 9;
            case Change.AttemptStarted _ -> 10;
            case Change.LateResult _ -> 11;
            case Change.IntervalSkipped _ -> 12;
            case Change.BackfillMoved _ -> 13;
            case Change.BackfillEnded _ -> 14;
            case Change.StartCounted _ -> 15;
            case Change.PoolSet _ -> 16;
            case Change.PoolRemoved _ -> 17;
            case Change.SchedulePaused _ -> 18;
            case Change.ScheduleResumed _ -> 19;
            case Change.IntervalsPassed _ -> 20;
            case Change.AlertRaised _ -> 21;
            case Change.IntervalAhead _ -> 22;
            case Change.IntervalNoLongerAhead _ -> 23;
            case Change.WatermarkMoved _ -> 24;
            case Change.TasksVerified _ -> 25;
            case Change.CommandAnswered _ -> 26;
        };
    }

    /** What a change touches, after all that it is in. */
    private static List<Place> path(Change change) {
        return switch (change) {
            case Change.PipelineRegistered it ->
                    List.of(new Place.Version(it.definition().name(), it.version()));
            case Change.TasksVerified it -> List.of(new Place.Version(it.pipeline(), it.version()));
            case Change.BackfillCreated it -> List.of(new Place.Backfill(it.backfill()));
            case Change.RunCreated it -> List.of(new Place.Run(it.run()));
            case Change.RunReopened it -> List.of(new Place.Run(it.run()));
            case Change.RunMoved it -> List.of(new Place.Run(it.run()), new Place.RunRow(it.run()));
            case Change.TaskCleared it ->
                    it.task().element() == TaskKey.NONE
                            ? task(it.task().run(), it.task().task())
                            : instance(it.task());
            case Change.TaskExpanded it -> task(it.run(), it.task());
            case Change.AttemptEnded it -> instance(it.task());
            case Change.TaskMoved it -> instance(it.task());
            case Change.AttemptStarted it -> instance(it.task());
            case Change.LateResult it -> instance(it.task());
            case Change.IntervalSkipped it -> List.of(new Place.Backfill(it.backfill()));
            case Change.BackfillMoved it -> List.of(new Place.Backfill(it.backfill()));
            case Change.BackfillEnded it -> List.of(new Place.Backfill(it.backfill()));
            case Change.OfSchedule it -> schedule(it.pipeline());
            case Change.IntervalAhead it -> ahead(it.watermark(), it.interval());
            case Change.IntervalNoLongerAhead it -> ahead(it.watermark(), it.interval());
            case Change.WatermarkMoved it -> List.of(new Place.Watermark(it.watermark()));
            case Change.AlertRaised it -> schedule(it.alert().pipeline());
            case Change.PoolSet it -> List.of(new Place.Pool(it.limit().pool()));
            case Change.PoolRemoved it -> List.of(new Place.Pool(it.pool()));
            case Change.StartCounted it -> List.of(new Place.Start(it.token()));
            case Change.CommandAnswered it -> List.of(new Place.Command(it.key()));
        };
    }

    private static List<Place> schedule(String pipeline) {
        return List.of(new Place.Schedule(pipeline));
    }

    private static List<Place> ahead(WatermarkKey key, Interval interval) {
        return List.of(new Place.Watermark(key), new Place.Ahead(key, interval));
    }

    private static List<Place> task(long run, String task) {
        return List.of(new Place.Run(run), new Place.Task(run, task));
    }

    private static List<Place> instance(TaskKey key) {
        return List.of(
                new Place.Run(key.run()),
                new Place.Task(key.run(), key.task()),
                new Place.Instance(key));
    }
}
