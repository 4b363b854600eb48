package dev.tidemark.simulation;

import static dev.tidemark.simulation.Mutant.core;
import static dev.tidemark.simulation.Mutant.engine;

import java.util.List;

/** Mistakes in what is known of tasks, and in who may run history again. */
final class EffectsMutants {
    private EffectsMutants() {}

    static final List<Mutant> ALL =
            List.of(
                    core(
                            "backfill runs over unknown effects",
                            "UnknownEffects",
                            "if (again > 0 &&",
                            "if (again > 99 &&"),
                    core(
                            "clear runs over unknown effects",
                            "RunDecisions",
                            "if (!event.acceptUnknownEffects()) {",
                            "if (false) {"),
                    core(
                            "accepted effects are refused",
                            "UnknownEffects",
                            "&& !plan.options().acceptUnknownEffects()",
                            ""),
                    core(
                            "what was verified is forgotten",
                            "UnknownEffects",
                            "!task.effects().areKnown()\n                                        ?"
                                    + " task.with(SHOWN)",
                            "task.effects().areKnown()\n                                        ?"
                                    + " task.with(SHOWN)"),
                    engine(
                            "what was verified is not looked up",
                            "Loading",
                            "UnknownEffects.verified(each.definition(), tasks)",
                            "each.definition()"));
}
