package dev.tidemark.simulation;

import dev.tidemark.Effects;
import dev.tidemark.ErrorCode;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.core.TaskKey;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * History runs again over tasks of unknown effects only where somebody accepts that, and nobody is
 * refused who need not accept anything.
 */
final class UnknownEffectsAccepted extends Invariant {
    private final World world;

    /** What was cleared in this commit and had been started. */
    private final Set<TaskKey> attempted = new HashSet<>();

    UnknownEffectsAccepted(World world) {
        this.world = world;
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.BackfillCreated it) {
            BackfillPlan plan = it.plan();
            boolean again =
                    plan.items().stream()
                            .map(BackfillPlan.Item::action)
                            .anyMatch(
                                    action ->
                                            action == BackfillPlan.Action.RERUN_ALL
                                                    || action == BackfillPlan.Action.RERUN_FAILED);
            check(
                    !again || plan.options().acceptUnknownEffects() || isKnown(plan.pipeline()),
                    it,
                    "runs history again, and nobody knows what that does");
        } else if (change instanceof Change.TaskCleared it) {
            cleared(it.task());
        } else if (change instanceof Change.CommandAnswered it) {
            world.client()
                    .postedAs(it.key())
                    .flatMap(this::again)
                    .ifPresent(again -> answered(again, it.answer()));
        }
    }

    /**
     * Somebody wants history to run again.
     *
     * @param tasks those of one run; of whole intervals none is named
     */
    private record Again(String pipeline, List<TaskKey> tasks, boolean accepted) {}

    private Optional<Again> again(Command command) {
        return switch (command) {
            case Command.Request it ->
                    Optional.of(
                            new Again(
                                    it.pipeline(),
                                    List.of(),
                                    it.request().again().acceptUnknownEffects()));
            case Command.Clear it -> ofRun(it.run(), it.tasks(), it.acceptUnknownEffects());
            case Command.RerunRun it -> ofRun(it.run(), it.tasks(), it.acceptUnknownEffects());
            case Command.RerunBackfill it ->
                    world.ledger
                            .backfill(it.backfill())
                            .map(
                                    backfill ->
                                            new Again(
                                                    backfill.plan.pipeline(),
                                                    List.of(),
                                                    it.acceptUnknownEffects()));
            case Command.Cancel _,
                    Command.Mark _,
                    Command.Steer _,
                    Command.Verify _,
                    Command.SetPool _,
                    Command.SetWatermark _,
                    Command.RemovePool _,
                    Command.PausePipeline _,
                    Command.ResumePipeline _ ->
                    Optional.empty();
        };
    }

    private Optional<Again> ofRun(long run, List<TaskKey> tasks, boolean accepted) {
        return Optional.of(new Again(world.ledger.run(run).identity.pipeline(), tasks, accepted));
    }

    private void answered(Again again, Answer answer) {
        switch (answer) {
            case Answer.Accepted _ -> {
                for (TaskKey key : again.tasks()) {
                    check(
                            again.accepted()
                                    || !attempted.contains(key)
                                    || isKnownOrGone(again.pipeline(), key.task()),
                            again,
                            "runs again, and nobody knows what that does");
                }
            }
            case Answer.Refused no -> {
                if (no.code() == ErrorCode.UNKNOWN_EFFECTS) {
                    check(!again.accepted(), again, "accepts what it is refused for");
                    check(!isEveryVersionKnown(again.pipeline()), again, "needs no acceptance");
                }
            }
        }
    }

    /** Whether there is a version that an engine may have in hand where the task does no harm. */
    private boolean isKnownOrGone(String pipeline, String task) {
        return versions(pipeline).stream()
                .anyMatch(version -> !unknown(pipeline, version).contains(task));
    }

    /** Notes whether what is cleared was ever started, before something else comes of it. */
    private void cleared(TaskKey key) {
        boolean started =
                world.ledger.run(key.run()).instances().stream()
                        .filter(instance -> instance.key.task().equals(key.task()))
                        .filter(
                                instance ->
                                        key.element() == TaskKey.NONE || key.equals(instance.key))
                        .anyMatch(instance -> instance.started > 0);
        if (started) {
            attempted.add(key);
        } else {
            attempted.remove(key);
        }
    }

    @Override
    void after(Committed commit) {
        attempted.clear();
    }

    /** Whether there is a version that an engine may have in hand of which all is known. */
    private boolean isKnown(String pipeline) {
        return versions(pipeline).stream().anyMatch(version -> isKnown(pipeline, version));
    }

    private boolean isEveryVersionKnown(String pipeline) {
        return versions(pipeline).stream().allMatch(version -> isKnown(pipeline, version));
    }

    private List<String> versions(String pipeline) {
        return Objects.requireNonNull(world.versions.get(pipeline));
    }

    private boolean isKnown(String pipeline, String version) {
        return unknown(pipeline, version).isEmpty();
    }

    private List<String> unknown(String pipeline, String version) {
        return world.definition(pipeline, version).tasks().stream()
                .filter(task -> task.effects().kind() == Effects.Kind.UNKNOWN)
                .map(TaskDefinition::name)
                .filter(task -> !world.ledger.isVerified(pipeline, version, task))
                .toList();
    }
}
