package dev.tidemark.simulation;

import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What an engine has told somebody is kept at that moment, and still is in the end. */
final class AcknowledgedIsDurable extends Invariant {
    private final World world;
    private final List<Asked> asked = new ArrayList<>();
    private final List<Long> backfills = new ArrayList<>();

    /** Answers that came before their effect was kept: found while the engine told them. */
    private final List<String> broken = new ArrayList<>();

    AcknowledgedIsDurable(World world) {
        this.world = world;
    }

    /** One question to one engine. */
    private static final class Asked {
        private final EngineProcess process;
        private final Command command;
        private final CompletableFuture<Long> answer;
        private boolean done;

        private Asked(EngineProcess process, Command command, CompletableFuture<Long> answer) {
            this.process = process;
            this.command = command;
            this.answer = answer;
        }

        private boolean isOpen() {
            return process.isAlive() && !answer.isDone();
        }
    }

    CompletableFuture<Long> asked(EngineProcess process, Command command) {
        Asked one = new Asked(process, command, process.ask(command));
        asked.add(one);
        CompletableFuture<Long> _ =
                one.answer.whenComplete(
                        (backfill, refusal) -> {
                            if (refusal == null) {
                                acknowledged(one, backfill);
                            }
                        });
        return one.answer;
    }

    /** A command was told how its backfill ended. */
    void ended(long backfill, BackfillState how) {
        BackfillRecord record = world.ledger.backfills.get(backfill);
        check(
                record != null && record.state == how,
                "backfill",
                backfill,
                "is said to be",
                how,
                ", and kept is:",
                record == null ? null : record.state);
    }

    private void acknowledged(Asked one, long backfill) {
        world.log(one.process + " accepts " + one.command + " as " + backfill);
        boolean kept = one.done;
        if (one.command instanceof Command.Steer it) {
            kept |= steers(it);
        } else if (one.command.isForWork() && backfill > 0) {
            kept = world.ledger.backfills.containsKey(backfill);
            backfills.add(backfill);
        }
        if (!kept) {
            broken.add(one.process + " accepted " + one.command + " before it was kept");
        }
    }

    /** Whether it has no question left. One that is not the owner keeps them until it is. */
    boolean isIdle(EngineProcess process) {
        return !process.isActive()
                || asked.stream().noneMatch(one -> one.process == process && one.isOpen());
    }

    /** How many requests wait for an answer of this engine. */
    int requestsOpen(EngineProcess process) {
        return (int)
                asked.stream()
                        .filter(one -> one.process == process && one.isOpen())
                        .filter(one -> one.command.isForWork())
                        .count();
    }

    /** Whether what is kept of a backfill is what somebody wants. */
    private boolean steers(Command.Steer it) {
        return world.ledger
                .backfill(it.backfill())
                .filter(backfill -> CommandsTakeEffectOnce.isSo(backfill.state, it.steering()))
                .isPresent();
    }

    /**
     * Whether what somebody wants was so when the turn began, until another who came later in the
     * same turn wanted something else.
     */
    private boolean wasSteered(Committed commit, Asked one, Command.Steer it) {
        boolean wasSo =
                commit.changes().stream()
                        .filter(Change.BackfillMoved.class::isInstance)
                        .map(Change.BackfillMoved.class::cast)
                        .filter(moved -> moved.backfill() == it.backfill())
                        .findFirst()
                        .filter(first -> CommandsTakeEffectOnce.isSo(first.from(), it.steering()))
                        .isPresent();
        return wasSo && (isSteeredByAPost(commit, it) || isSteeredLater(one, it));
    }

    /** What was posted is looked at after all that was asked. */
    private boolean isSteeredByAPost(Committed commit, Command.Steer it) {
        return commit.changes().stream()
                .filter(Change.CommandAnswered.class::isInstance)
                .map(Change.CommandAnswered.class::cast)
                .flatMap(answered -> world.client().postedAs(answered.key()).stream())
                .anyMatch(command -> isAgainst(command, it));
    }

    private boolean isSteeredLater(Asked one, Command.Steer it) {
        return asked.subList(asked.indexOf(one) + 1, asked.size()).stream()
                .filter(other -> other.process == one.process)
                .anyMatch(other -> isAgainst(other.command, it));
    }

    private static boolean isAgainst(Command command, Command.Steer it) {
        return command instanceof Command.Steer other
                && other.backfill() == it.backfill()
                && other.steering() != it.steering();
    }

    @Override
    void after(Committed commit) {
        for (Asked one : asked) {
            if (one.process == commit.by() && one.isOpen()) {
                one.done |=
                        switch (one.command) {
                            case Command.Request _, Command.RerunBackfill _ -> false;
                            case Command.RerunRun it ->
                                    CommandsTakeEffectOnce.clears(
                                            commit, new Command.Clear(it.run(), it.tasks()));
                            case Command.Mark it -> CommandsTakeEffectOnce.marks(commit, it);
                            case Command.Steer it -> steers(it) || wasSteered(commit, one, it);
                            case Command.Cancel it ->
                                    CommandsTakeEffectOnce.cancels(commit, it.run());
                            case Command.Verify it ->
                                    commit.changes()
                                            .contains(
                                                    new Change.TasksVerified(
                                                            it.pipeline(),
                                                            it.version(),
                                                            it.tasks()));
                            case Command.SetPool it ->
                                    commit.changes().contains(new Change.PoolSet(it.limit()));
                            case Command.SetWatermark it -> CommandsTakeEffectOnce.sets(commit, it);
                            case Command.RemovePool it ->
                                    commit.changes().contains(new Change.PoolRemoved(it.pool()));
                            case Command.Clear it -> CommandsTakeEffectOnce.clears(commit, it);
                            case Command.PausePipeline it ->
                                    CommandsTakeEffectOnce.pauses(commit, it);
                            case Command.ResumePipeline it ->
                                    CommandsTakeEffectOnce.resumes(commit, it);
                        };
            }
        }
        asked.removeIf(one -> !one.isOpen());
    }

    @Override
    void stepped(EngineProcess process) {
        check(broken.isEmpty(), "too early:", broken);
    }

    @Override
    void atRest() {
        check(broken.isEmpty(), "too early:", broken);
        for (long backfill : backfills) {
            check(
                    world.ledger.backfills.containsKey(backfill)
                            && world.store.backfill(backfill).isPresent(),
                    "backfill",
                    backfill,
                    "was accepted, and is not there");
        }
        for (Asked one : asked) {
            check(isIdle(one.process), one.process, "never answered:", one.command);
        }
    }
}
