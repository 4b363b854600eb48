package dev.tidemark.simulation;

import static dev.tidemark.simulation.Mutant.core;
import static dev.tidemark.simulation.Mutant.engine;
import static dev.tidemark.simulation.Mutant.store;

import java.util.List;

/** Mistakes in what is done by hand: backfills that are steered, tasks that are marked. */
final class MutantsByHand {
    private MutantsByHand() {}

    static final List<Mutant> ALL =
            List.of(
                    core(
                            "paused backfill starts runs",
                            "Backfill",
                            "return state == BackfillState.PAUSED || isHalted()",
                            "return isHalted()"),
                    core(
                            "resume forgets to go on",
                            "BackfillSteering",
                            "return draft.next(new"
                                    + " Event.BackfillPerhapsNext(event.backfill())).done();",
                            "return draft.done();"),
                    store(
                            "paused backfill forgotten by a new owner",
                            "MemoryBackfills",
                            ".filter(row -> !row.state().isFinal())\n                .filter(row ->"
                                    + " row.plan()",
                            ".filter(row -> row.state() == BackfillState.RUNNING)"
                                    + "\n                .filter(row -> row.plan()"),
                    core(
                            "cancel of a backfill leaves its runs",
                            "BackfillSteering",
                            "for (long run : active) {",
                            "for (long run : List.<Long>of()) {"),
                    engine(
                            "cancel of a backfill forgets what was left in the middle",
                            "Steered",
                            "interrupted(backfill.state(), store, events);",
                            ""),
                    core(
                            "mark leaves the attempt its token",
                            "MarkDecisions",
                            "if (instance.state() != TaskState.WAITING) {",
                            "if (instance.state().isFinal()) {"),
                    core(
                            "mark does not stop",
                            "MarkDecisions",
                            "draft.effect(new Effect.StopAttempt(key, instance.token(), why));",
                            ""),
                    core(
                            "what a marked task lets through is not looked at",
                            "MarkDecisions",
                            "TaskDecisions.consequences(draft, run, task);",
                            ""),
                    core(
                            "what a void end let through goes on",
                            "MarkDecisions",
                            "new LinkedHashSet<>(RunDecisions.toClear(run, ends));",
                            "new LinkedHashSet<>(ends);"));
}
