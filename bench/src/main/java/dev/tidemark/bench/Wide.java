package dev.tidemark.bench;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Trivial tasks that wait for nothing, from the request to the end of the last. */
final class Wide {
    private static final int TASKS = 10_000;
    private static final int SLOTS = 256;
    private static final int WARM_UPS = 12;
    private static final int ROUNDS = 7;

    private Wide() {}

    static List<Line> measure(Ground ground, InstantSource clock) throws Exception {
        Map<String, Spread> peers = new HashMap<>();
        for (Peer peer : Peers.over(ground, clock)) {
            try (peer) {
                peer.widePerSecond(TASKS);
                peers.put(peer.name(), Chain.rounds(ROUNDS, () -> peer.widePerSecond(TASKS)));
            }
        }
        try (Trial trial = new Trial(ground, clock, Pipelines.wide(TASKS), SLOTS);
                BareStore bare = ground.bare()) {
            for (int round = 0; round < WARM_UPS; round++) {
                trial.run();
                bare.batchedPerSecond(TASKS, SLOTS);
            }
            double[] ours = new double[ROUNDS];
            double[] baseline = new double[ROUNDS];
            long before = trial.commits();
            for (int round = 0; round < ROUNDS; round++) {
                ours[round] = TASKS / Nanos.seconds(trial.run());
                baseline[round] = bare.batchedPerSecond(TASKS, SLOTS);
            }
            double commits = trial.commits() - before;
            OptionalLong syncs = ground.syncsOf(trial::run);
            return List.of(
                    new Line(
                            "10,000 independent",
                            "tasks/s",
                            Spread.of(ours),
                            new Line.Beside(Optional.of(Spread.of(baseline)), peers),
                            new Line.Costs(
                                    OptionalDouble.of(commits / ROUNDS / TASKS),
                                    Chain.per(syncs, TASKS))));
        }
    }
}
