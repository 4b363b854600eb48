package dev.tidemark.bench;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One result.
 *
 * @param name what was done
 * @param unit what the figures count
 * @param ours what Tidemark did
 * @param beside what others did with the same work in the same run
 * @param costs what a task of ours cost the store
 */
record Line(String name, String unit, Spread ours, Beside beside, Costs costs) {
    static Line of(String name, String unit, Spread ours) {
        return new Line(name, unit, ours, Beside.NOBODY, Costs.UNKNOWN);
    }

    /**
     * What was measured beside ours.
     *
     * @param baseline what the bare store did
     * @param peers by name and version
     */
    record Beside(Optional<Spread> baseline, Map<String, Spread> peers) {
        static final Beside NOBODY = new Beside(Optional.empty(), Map.of());
    }

    /** What a task cost, where it could be counted. */
    record Costs(OptionalDouble commitsPerTask, OptionalDouble syncsPerTask) {
        static final Costs UNKNOWN = new Costs(OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** Ours by the baseline: for times, 1.5 means half as long again as the bare store. */
    OptionalDouble ratio() {
        return beside.baseline()
                .map(baseline -> OptionalDouble.of(ours.median() / baseline.median()))
                .orElseGet(OptionalDouble::empty);
    }
}
