package dev.tidemark.simulation;

import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.core.Steering;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A posted command has one answer for ever, and its effect, once, in the same commit as the answer;
 * nothing is begun that nobody asked for.
 */
final class CommandsTakeEffectOnce extends Invariant {
    private final World world;
    private final Map<String, Answer> read = new TreeMap<>();

    CommandsTakeEffectOnce(World world) {
        this.world = world;
    }

    /** Somebody read an answer. */
    void read(String key, Answer answer) {
        check(
                answer.equals(world.ledger.answers.get(key)),
                key,
                "is answered with",
                answer,
                ", and kept is:",
                String.valueOf(world.ledger.answers.get(key)));
        Answer before = read.put(key, answer);
        check(before == null || before.equals(answer), key, "has two answers:", answer);
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.CommandAnswered it) {
            check(!world.ledger.answers.containsKey(it.key()), it, "is answered again");
            check(world.client().postedAs(it.key()).isPresent(), it, "was never posted");
        }
    }

    @Override
    void after(Committed commit) {
        Set<Long> created = new TreeSet<>();
        for (Change change : commit.changes()) {
            if (change instanceof Change.BackfillCreated it) {
                created.add(it.backfill());
            }
        }
        for (Change change : commit.changes()) {
            if (change instanceof Change.CommandAnswered it
                    && it.answer() instanceof Answer.Accepted accepted) {
                effect(it.key(), accepted.backfill(), commit, created);
            }
        }
        int asked = world.invariant(AcknowledgedIsDurable.class).requestsOpen(commit.by());
        check(created.size() <= asked, "nobody asked for these backfills:", created);
    }

    private void effect(String key, long backfill, Committed commit, Set<Long> created) {
        Command command = world.client().postedAs(key).orElseThrow();
        switch (command) {
            case Command.Request _ -> {
                boolean joined =
                        world.ledger
                                .backfill(backfill)
                                .filter(it -> !createdIn(commit, backfill))
                                .isPresent();
                check(
                        created.remove(backfill) || joined,
                        key,
                        "is accepted as backfill",
                        backfill,
                        ", created were:",
                        created);
            }
            case Command.RerunBackfill _ ->
                    check(created.remove(backfill), key, "is accepted as backfill", backfill);
            case Command.RerunRun it -> {
                check(
                        backfill == 0 || created.remove(backfill),
                        key,
                        "is accepted as backfill",
                        backfill);
                check(
                        clears(commit, new Command.Clear(it.run(), it.tasks())),
                        key,
                        "is accepted, and this was not done:",
                        it);
            }
            case Command.Mark it ->
                    check(marks(commit, it), key, "is accepted, and this was not done:", it);
            case Command.Steer it -> {
                BackfillRecord record = world.ledger.backfill(it.backfill()).orElseThrow();
                boolean moved =
                        commit.changes().stream()
                                .anyMatch(
                                        change ->
                                                change instanceof Change.BackfillMoved move
                                                        && move.backfill() == it.backfill());
                check(
                        moved || isSo(record.state, it.steering()),
                        key,
                        "is accepted, and not done, by:",
                        record.state);
            }
            case Command.Cancel it ->
                    check(
                            cancels(commit, it.run()),
                            key,
                            "is accepted, and this was not done:",
                            it);
            case Command.PausePipeline it -> check(pauses(commit, it), key, "did not pause it");
            case Command.ResumePipeline it ->
                    check(resumes(commit, it), key, "did not have it go on");
            case Command.Verify it ->
                    kept(
                            commit,
                            key,
                            new Change.TasksVerified(it.pipeline(), it.version(), it.tasks()));
            case Command.SetPool it -> kept(commit, key, new Change.PoolSet(it.limit()));
            case Command.SetWatermark it -> check(sets(commit, it), key, "did not set it");
            case Command.RemovePool it -> kept(commit, key, new Change.PoolRemoved(it.pool()));
            case Command.Clear it ->
                    check(clears(commit, it), key, "is accepted, and this was not done:", it);
        }
    }

    private void kept(Committed commit, String key, Change change) {
        check(commit.changes().contains(change), key, "is accepted without", change);
    }

    private static boolean createdIn(Committed commit, long backfill) {
        return commit.changes().stream()
                .anyMatch(
                        change ->
                                change instanceof Change.BackfillCreated it
                                        && it.backfill() == backfill);
    }

    /** Whether a backfill that somebody has steered stands as was asked. */
    static boolean isSo(BackfillState state, Steering steering) {
        return switch (steering) {
            case PAUSE -> state == BackfillState.PAUSED || state.isFinal();
            case RESUME -> state != BackfillState.PAUSED;
            case CANCEL -> state == BackfillState.CANCELLED;
        };
    }

    /** Whether each task that is to be marked was: it went there by hand, or was stopped. */
    static boolean marks(Committed commit, Command.Mark mark) {
        return mark.tasks().stream()
                .allMatch(
                        key ->
                                commit.changes().stream()
                                        .anyMatch(change -> marks(change, key, mark.to())));
    }

    private static boolean marks(Change change, TaskKey meant, TaskState to) {
        if (change instanceof Change.TaskMoved it) {
            return covers(meant, it.task()) && it.to() == to;
        }
        return change instanceof Change.AttemptEnded it
                && covers(meant, it.task())
                && it.to() == to;
    }

    private static boolean covers(TaskKey meant, TaskKey key) {
        return meant.run() == key.run()
                && meant.task().equals(key.task())
                && (meant.element() == TaskKey.NONE || meant.element() == key.element());
    }

    static boolean cancels(Committed commit, long run) {
        return commit.changes().stream()
                .anyMatch(
                        change ->
                                change instanceof Change.RunMoved it
                                        && it.run() == run
                                        && it.to() == dev.tidemark.core.RunState.CANCELLED);
    }

    static boolean pauses(Committed commit, Command.PausePipeline it) {
        return commit.changes().contains(new Change.SchedulePaused(it.pipeline(), it.reason()));
    }

    static boolean resumes(Committed commit, Command.ResumePipeline it) {
        return commit.changes().contains(new Change.ScheduleResumed(it.pipeline()));
    }

    static boolean sets(Committed commit, Command.SetWatermark it) {
        return commit.changes().stream()
                .anyMatch(
                        change ->
                                change instanceof Change.WatermarkMoved moved
                                        && moved.watermark().equals(it.watermark())
                                        && moved.to().equals(it.to())
                                        && moved.reason()
                                                .equals(
                                                        WatermarksStopBeforeGaps.BY_HAND
                                                                + it.reason()));
    }

    private static Change whole(TaskKey key) {
        return new Change.TaskCleared(new TaskKey(key.run(), key.task(), TaskKey.NONE));
    }

    static boolean clears(Committed commit, Command.Clear clear) {
        return clear.tasks().stream()
                .allMatch(
                        key ->
                                commit.changes().contains(new Change.TaskCleared(key))
                                        || commit.changes().contains(whole(key)));
    }

    @Override
    void atRest() {
        read.forEach(
                (key, answer) ->
                        check(
                                world.store.answer(key).filter(answer::equals).isPresent(),
                                key,
                                "was answered, and is no longer, with:",
                                answer));
    }
}
