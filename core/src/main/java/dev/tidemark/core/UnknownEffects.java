package dev.tidemark.core;

import dev.tidemark.Effects;
import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.TidemarkException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What nobody knows of a pipeline: what some of its tasks would do a second time. History is run
 * again over such tasks only where somebody accepts that.
 */
public final class UnknownEffects {
    private static final int MOST_NAMED = 10;

    private static final Effects SHOWN =
            new Effects(Effects.Kind.VERIFIED, "verified for this version");

    private UnknownEffects() {}

    /**
     * Refuses a plan that runs history again over tasks of which nobody knows what that does.
     *
     * @throws TidemarkException {@link ErrorCode#UNKNOWN_EFFECTS}, where the plan does not accept
     *     it
     */
    public static void refuse(PipelineDefinition pipeline, BackfillPlan plan) {
        long again = reruns(plan);
        if (again > 0 && !plan.options().acceptUnknownEffects()) {
            refuse(
                    again == 1
                            ? "an interval that ran already would run again"
                            : again + " intervals that ran already would run again",
                    pipeline.tasks());
        }
    }

    /** The plan as it is kept: that something was accepted is said only where there was a need. */
    static BackfillPlan accepted(PipelineDefinition pipeline, BackfillPlan plan) {
        refuse(pipeline, plan);
        boolean needed =
                plan.options().acceptUnknownEffects()
                        && reruns(plan) > 0
                        && pipeline.tasks().stream().anyMatch(task -> !task.effects().areKnown());
        return plan.accepting(needed);
    }

    private static long reruns(BackfillPlan plan) {
        return plan.items().stream().filter(item -> item.action().isRerun()).count();
    }

    /** The same of tasks of one run, those that have been attempted. */
    static void refuse(Run run, Collection<TaskDefinition> attempted) {
        refuse("tasks of run " + run.identity().name() + " would run again", attempted);
    }

    /** A definition in view of what was shown: of these tasks the effects are known. */
    public static PipelineDefinition verified(PipelineDefinition pipeline, Set<String> tasks) {
        return tasks.isEmpty()
                ? pipeline
                : pipeline.with(
                        task ->
                                tasks.contains(task.name()) && !task.effects().areKnown()
                                        ? task.with(SHOWN)
                                        : task);
    }

    private static void refuse(String what, Collection<TaskDefinition> tasks) {
        List<TaskDefinition> unknown =
                tasks.stream().filter(task -> !task.effects().areKnown()).toList();
        if (!unknown.isEmpty()) {
            throw new TidemarkException(ErrorCode.UNKNOWN_EFFECTS, message(what, unknown));
        }
    }

    private static String message(String what, List<TaskDefinition> unknown) {
        return what
                + ", and nobody knows what that does outside: "
                + unknown.stream()
                        .limit(MOST_NAMED)
                        .map(UnknownEffects::described)
                        .collect(Collectors.joining("; "))
                + (unknown.size() > MOST_NAMED
                        ? "; and " + (unknown.size() - MOST_NAMED) + " more tasks"
                        : "")
                + ". Write through into, prove it with tidemark verify, say"
                + " .idempotent(\"why\") where it is so, or accept it: --accept-unknown-effects";
    }

    private static String described(TaskDefinition task) {
        Effects effects = task.effects();
        return "task '" + task.name() + "' " + effects.reason();
    }
}
