package dev.tidemark.cli;

import dev.tidemark.ErrorClass;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.cli.show.Ended;
import dev.tidemark.cli.show.Estimate;
import dev.tidemark.cli.show.Progress;
import dev.tidemark.cli.show.Status;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.Timetable;
import dev.tidemark.engine.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs right now, as far as committed changes tell. Whoever takes the turn tells it, the
 * command's thread shows it; both hold its lock for a moment only.
 */
final class LiveRuns implements Watcher {
    private final Map<Long, String> labels = new HashMap<>();
    private final Map<Long, Instant> runStarts = new HashMap<>();
    private final Map<TaskKey, Instant> running = new LinkedHashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private Optional<Timetable> timetable = Optional.empty();
    private String title = "";
    private long total;
    private long done;
    private Optional<String> last = Optional.empty();

    /** Of runs alone: intervals that are passed over take no time. */
    private final Estimate estimate = new Estimate();

    /** What is to be said once. */
    private final Deque<String> lines = new ArrayDeque<>();

    private long work;
    private long worked;

    /** Says what is about to be run. */
    synchronized void expect(PipelineDefinition pipeline) {
        title = pipeline.name();
        timetable = Optional.of(Timetable.of(pipeline.timing()));
    }

    @Override
    public synchronized void committed(List<Change> changes, Instant at) {
        changes.forEach(change -> note(change, at));
    }

    private void note(Change change, Instant at) {
        switch (change) {
            case Change.BackfillCreated it -> plan(it.plan());
            case Change.RunCreated it -> label(it.run(), it.identity().interval());
            case Change.RunMoved it -> runMoved(it, at);
            case Change.AttemptStarted it -> running.put(it.task(), at);
            case Change.AttemptEnded it -> attemptEnded(it, at);
            case Change.IntervalSkipped _ -> done++;
            case Change.BackfillMoved it -> lines.add(PostedRequest.moved(it.backfill(), it.to()));
            case Change.PipelineRegistered _,
                    Change.TasksVerified _,
                    Change.RunReopened _,
                    Change.TaskExpanded _,
                    Change.TaskMoved _,
                    Change.TaskCleared _,
                    Change.LateResult _,
                    Change.BackfillEnded _,
                    Change.OfSchedule _,
                    Change.OfWatermark _,
                    Change.AlertRaised _,
                    Change.PoolSet _,
                    Change.PoolRemoved _,
                    Change.StartCounted _,
                    Change.CommandAnswered _ -> {}
        }
    }

    private void plan(BackfillPlan plan) {
        total = plan.items().size();
        work = plan.work();
        plan.items().stream()
                .filter(item -> item.run() > 0)
                .forEach(item -> label(item.run(), item.interval()));
    }

    private void label(long run, Interval interval) {
        labels.put(
                run,
                timetable.map(cuts -> cuts.partition(interval).key()).orElse(interval.toString()));
    }

    private void runMoved(Change.RunMoved moved, Instant at) {
        if (moved.to() == RunState.RUNNING) {
            runStarts.put(moved.run(), at);
        } else if (moved.to().isFinal()) {
            done++;
            worked++;
            Duration took = Duration.between(runStarts.getOrDefault(moved.run(), at), at);
            String what = title + " " + labels.get(moved.run());
            Ended.Outcome outcome =
                    moved.to() == RunState.SUCCEEDED
                            ? Ended.Outcome.SUCCEEDED
                            : Ended.Outcome.FAILED;
            last = Optional.of(what + " " + RunReport.word(moved.to()));
            ended.add(new Ended(what, outcome, took, ""));
        }
    }

    private void attemptEnded(Change.AttemptEnded attempt, Instant at) {
        Instant since = Optional.ofNullable(running.remove(attempt.task())).orElse(at);
        String what = title + " " + labels.get(attempt.task().run()) + " " + attempt.task().label();
        Duration took = Duration.between(since, at);
        if (attempt.to() == TaskState.SUCCEEDED) {
            ended.add(new Ended(what, Ended.Outcome.SUCCEEDED, took, rows(attempt.outcome())));
        } else if (attempt.outcome() instanceof Outcome.Failed failed) {
            String then =
                    attempt.to() == TaskState.RETRYING
                            ? "; next attempt at " + attempt.due()
                            : kind(failed.errorClass());
            ended.add(new Ended(what, Ended.Outcome.FAILED, took, failed.message() + then));
        } else if (attempt.outcome() instanceof Outcome.Skipped skipped) {
            ended.add(new Ended(what, Ended.Outcome.SKIPPED, took, skipped.reason()));
        }
    }

    private static String kind(ErrorClass errorClass) {
        return " (" + RunReport.word(errorClass) + ")";
    }

    private static String rows(Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded && !succeeded.evidence().isEmpty()) {
            long rows =
                    succeeded.evidence().stream()
                            .mapToLong(evidence -> evidence.receipt().rows().published())
                            .sum();
            return rows == 1 ? "1 row" : Units.count(rows) + " rows";
        }
        return "";
    }

    /** Shows what ended since the last call, and what runs now. */
    void show(Progress progress, Instant now) {
        Deque<Ended> news = new ArrayDeque<>();
        Deque<String> said = new ArrayDeque<>();
        Status status;
        synchronized (this) {
            news.addAll(ended);
            ended.clear();
            said.addAll(lines);
            lines.clear();
            status =
                    new Status(
                            title,
                            new Status.Measure(done, total, estimate.left(worked, work, now)),
                            running.entrySet().stream()
                                    .map(
                                            task ->
                                                    new Status.Running(
                                                            labels.get(task.getKey().run())
                                                                    + " "
                                                                    + task.getKey().label(),
                                                            Duration.between(task.getValue(), now)))
                                    .toList(),
                            last);
        }
        news.forEach(progress::ended);
        said.forEach(progress::line);
        progress.tick(status, now);
    }
}
