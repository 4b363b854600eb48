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
import java.util.Set;

/**
 * History runs again over tasks of unknown effects only where somebody accepts that, and nobody is
 * refused who need not accept anything.
 */
final class UnknownEffectsAccepted extends Invariant {
    private final World world;

    /** What was cleared in this commit and had been started. */
    private final Set<TaskKey> again = new HashSet<>();

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
            Command command = world.client().postedAs(it.key()).orElseThrow();
            switch (it.answer()) {
                case Answer.Accepted _ -> accepted(command);
                case Answer.Refused no -> {
                    if (no.code() == ErrorCode.UNKNOWN_EFFECTS) {
                        refused(command);
                    }
                }
            }
        }
    }

    private void accepted(Command command) {
        List<TaskKey> tasks =
                switch (command) {
                    case Command.Clear it when !it.acceptUnknownEffects() -> it.tasks();
                    case Command.RerunRun it when !it.acceptUnknownEffects() -> it.tasks();
                    default -> List.of();
                };
        for (TaskKey key : tasks) {
            String pipeline = world.ledger.run(key.run()).identity.pipeline();
            check(
                    !again.contains(key) || isKnownOrGone(pipeline, key.task()),
                    command,
                    "is accepted, and nobody knows what that does");
        }
    }

    /** Whether there is a version that an engine may have in hand where the task does no harm. */
    private boolean isKnownOrGone(String pipeline, String task) {
        return versions(pipeline).stream()
                .anyMatch(version -> !unknown(pipeline, version).contains(task));
    }

    /** Notes whether what is cleared was ever started, before something else comes of it. */
    private void cleared(TaskKey key) {
        boolean attempted =
                world.ledger.run(key.run()).instances().stream()
                        .filter(instance -> instance.key.task().equals(key.task()))
                        .filter(
                                instance ->
                                        key.element() == TaskKey.NONE || key.equals(instance.key))
                        .anyMatch(instance -> instance.started > 0);
        if (attempted) {
            again.add(key);
        } else {
            again.remove(key);
        }
    }

    @Override
    void after(Committed commit) {
        again.clear();
    }

    private void refused(Command command) {
        boolean accepting =
                switch (command) {
                    case Command.Request it -> it.request().again().acceptUnknownEffects();
                    case Command.Clear it -> it.acceptUnknownEffects();
                    case Command.RerunRun it -> it.acceptUnknownEffects();
                    case Command.RerunBackfill it -> it.acceptUnknownEffects();
                    default -> true;
                };
        check(!accepting, command, "accepts what it is refused for");
        check(!isEveryVersionKnown(pipeline(command)), command, "is refused without need");
    }

    private String pipeline(Command command) {
        return switch (command) {
            case Command.Request it -> it.pipeline();
            case Command.Clear it -> world.ledger.run(it.run()).identity.pipeline();
            case Command.RerunRun it -> world.ledger.run(it.run()).identity.pipeline();
            case Command.RerunBackfill it ->
                    Objects.requireNonNull(world.ledger.backfills.get(it.backfill()))
                            .plan
                            .pipeline();
            default -> throw new IllegalArgumentException(command.toString());
        };
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
