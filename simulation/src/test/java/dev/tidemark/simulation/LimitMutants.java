package dev.tidemark.simulation;

import static dev.tidemark.simulation.Mutant.core;
import static dev.tidemark.simulation.Mutant.engine;

import java.util.List;

/** Mistakes about limits, and about who goes first, that the simulation has to find. */
final class LimitMutants {
    private LimitMutants() {}

    static final List<Mutant> ALL =
            List.of(
                    core(
                            "slot of a pool released twice",
                            "Admission",
                            "take(pool, -demand.weight())",
                            "take(pool, -2 * demand.weight())"),
                    core(
                            "place in a pipeline released twice",
                            "Admission",
                            "attempts.merge(released.pipeline(), -1, Integer::sum);",
                            "attempts.merge(released.pipeline(), -2, Integer::sum);"),
                    core(
                            "weight ignored",
                            "Room",
                            "return weight <= left();",
                            "return 1 <= left();"),
                    core(
                            "limit of a pipeline ignored",
                            "Demand",
                            "return most < Integer.MAX_VALUE;",
                            "return false;"),
                    core(
                            "pool counted once for all values",
                            "Demand",
                            "return pool.per().map(run::parameter);",
                            "return Optional.empty();"),
                    core(
                            "ageing dropped",
                            "Lane",
                            "since.minus(Duration.ofMinutes(priority))",
                            "since.minus(Duration.ofDays(priority))"),
                    core(
                            "light tasks pass for ever",
                            "Admission",
                            "if (lane.rank().isBefore(rank)",
                            "if (false"),
                    core(
                            "no timer for a rate",
                            "PoolDecisions",
                            "until, new Event.RatePerhapsAllows(pool)",
                            "until.plusSeconds(999_999), new Event.RatePerhapsAllows(pool)"),
                    engine(
                            "pools forgotten by a take-over",
                            "Loop",
                            "loading.pools(turn.now);",
                            ""),
                    engine(
                            "rate forgotten by a take-over",
                            "Loading",
                            "store.countedStarts(now.minus(State.STARTS_REMEMBERED))",
                            "store.countedStarts(now)"));
}
