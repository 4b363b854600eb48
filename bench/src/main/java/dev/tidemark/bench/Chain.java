package dev.tidemark.bench;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Trivial tasks in sequence, from the request to the end. */
final class Chain {
    private static final int SHORT = 40;
    private static final int LONG = 1_000;
    private static final int SLOTS = 4;

    /** Rounds before those that count: the JVM compiles what is hot. */
    private static final int WARM_UP_TASKS = 20_000;

    private static final int TASKS_TO_MEASURE = 4_000;
    private static final int LEAST_ROUNDS = 5;
    private static final int MOST_ROUNDS = 41;

    private Chain() {}

    static List<Line> measure(Ground ground, InstantSource clock) throws Exception {
        List<Line> lines = new ArrayList<>();
        for (int tasks : new int[] {SHORT, LONG}) {
            lines.add(measure(ground, clock, tasks));
        }
        return lines;
    }

    private static Line measure(Ground ground, InstantSource clock, int tasks) throws Exception {
        int rounds = Math.clamp(TASKS_TO_MEASURE / tasks, LEAST_ROUNDS, MOST_ROUNDS);
        Map<String, Spread> peers = new HashMap<>();
        for (Peer peer : Peers.over(ground, clock)) {
            try (peer) {
                peer.chainMillis(tasks);
                peers.put(peer.name(), rounds(Math.min(rounds, 11), () -> peer.chainMillis(tasks)));
            }
        }
        try (Trial trial = new Trial(ground, clock, Pipelines.chain(tasks), SLOTS);
                BareStore bare = ground.bare()) {
            for (int done = 0; done < WARM_UP_TASKS; done += tasks) {
                trial.run();
                bare.sequentialMillis(tasks);
            }
            double[] ours = new double[rounds];
            double[] baseline = new double[rounds];
            long before = trial.commits();
            for (int round = 0; round < rounds; round++) {
                ours[round] = Nanos.millis(trial.run());
                baseline[round] = bare.sequentialMillis(tasks);
            }
            double commits = trial.commits() - before;
            OptionalLong syncs = ground.syncsOf(trial::run);
            return new Line(
                    "chain of " + tasks,
                    "ms",
                    Spread.of(ours),
                    new Line.Beside(Optional.of(Spread.of(baseline)), peers),
                    new Line.Costs(OptionalDouble.of(commits / rounds / tasks), per(syncs, tasks)));
        }
    }

    /** A round that is measured. */
    @FunctionalInterface
    interface Round {
        double run() throws Exception;
    }

    static Spread rounds(int count, Round round) throws Exception {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = round.run();
        }
        return Spread.of(values);
    }

    static OptionalDouble per(OptionalLong count, int tasks) {
        return count.isPresent()
                ? OptionalDouble.of((double) count.getAsLong() / tasks)
                : OptionalDouble.empty();
    }
}
