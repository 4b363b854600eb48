package dev.tidemark.simulation;

import static dev.tidemark.simulation.Mutant.core;
import static dev.tidemark.simulation.Mutant.engine;

import java.util.List;

/** Mistakes in how far data is said to be proven. */
final class WatermarkMutants {
    private WatermarkMutants() {}

    static final List<Mutant> ALL =
            List.of(
                    core(
                            "a watermark moves past a gap",
                            "WatermarkDecisions",
                            "|| state.watermarks().isAhead(key, next.get()))) {",
                            "|| next.get().end().isBefore(from.plusSeconds(300_000)))) {"),
                    core(
                            "what is proven out of turn is forgotten",
                            "WatermarkDecisions",
                            "|| state.watermarks().isAhead(key, next.get()))) {",
                            "|| next.isEmpty())) {"),
                    core(
                            "any backfill moves a watermark",
                            "WatermarkDecisions",
                            "filter(use -> use != BackfillPlan.WatermarkUse.KEEP)",
                            "filter(use -> true)"),
                    core(
                            "no backfill moves a watermark",
                            "WatermarkDecisions",
                            "filter(use -> use != BackfillPlan.WatermarkUse.KEEP)",
                            "filter(use -> false)"),
                    core(
                            "what is cleared stays proven",
                            "WatermarkDecisions",
                            "return !cleared.contains(gate)\n",
                            "return !cleared.contains(\"\")\n"),
                    core(
                            "a skipped gate passes at once",
                            "WatermarkDecisions",
                            "all && (skipped == 0 || outcome.equals(",
                            "all && (skipped >= 0 || outcome.equals("),
                    core(
                            "a watermark starts anew with each plan",
                            "WatermarkDecisions",
                            "Instant from = at.orElseGet(() -> beginning(state, run));",
                            "Instant from = beginning(state, run);"),
                    core(
                            "a watermark begins with whoever is first",
                            "WatermarkDecisions",
                            ".flatMap(it -> beginning(it.plan()))",
                            ".flatMap(it -> Optional.<Instant>empty())"),
                    core(
                            "runs with parameters move a watermark",
                            "WatermarkDecisions",
                            "if (run.identity().parameters().isEmpty()) {",
                            "if (true) {"),
                    engine(
                            "watermarks are not looked up",
                            "Loading",
                            "if (!kept.isEmpty()) {",
                            "if (false) {"));
}
