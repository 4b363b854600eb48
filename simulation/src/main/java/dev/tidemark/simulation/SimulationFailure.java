package dev.tidemark.simulation;

/** What a simulation found: the invariant, the seed, the sources, and what happened last. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    SimulationFailure(long seed, Journal journal, Throwable found) {
        super(
                "seed "
                        + seed
                        + " at commit "
                        + Sources.commit()
                        + "\n  "
                        + String.join("\n  ", journal.latest())
                        + "\n"
                        + found
                        + "\nreplay it: ./tidemark-sim --seed "
                        + seed,
                found);
    }
}
