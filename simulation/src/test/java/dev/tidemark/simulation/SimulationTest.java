package dev.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Seeds, and what they are worth. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("tidemark.seeds", 300);
    private static final List<Report> REPORTS = new ArrayList<>();

    /** Throws with the seed, and how to replay it, where something does not hold. */
    @BeforeAll
    static void allHoldsForAllSeeds() {
        REPORTS.addAll(
                LongStream.rangeClosed(1, SEEDS)
                        .parallel() // Seeds know nothing of each other.
                        .mapToObj(seed -> Simulation.run(seed, _ -> {}))
                        .toList());
    }

    @Test
    void theSameSeedDoesTheSame() {
        for (long seed = 1; seed <= 20; seed++) {
            Report first = REPORTS.get((int) seed - 1);
            assertThat(Simulation.run(seed, _ -> {})).isEqualTo(first);
            assertThat(first.lines()).isPositive();
        }
        assertThat(REPORTS.stream().map(Report::hash).distinct()).hasSize(SEEDS);
    }

    @Test
    void everyKindOfFaultHappens() {
        Set<Fault> happened = EnumSet.noneOf(Fault.class);
        REPORTS.forEach(report -> happened.addAll(report.faults().keySet()));
        assertThat(happened).containsExactly(Fault.values());
    }

    @Test
    void everyKindOfChangeIsKept() {
        Set<String> kept = new TreeSet<>();
        for (Report report : REPORTS) {
            for (Map.Entry<String, Integer> each : report.changes().entrySet()) {
                kept.add(each.getKey());
            }
        }
        assertThat(kept)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Change.class, Change.OfSchedule.class, Change.OfWatermark.class)
                                .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                                .filter(kind -> !kind.isInterface())
                                .map(Class::getSimpleName)
                                .toList());
    }

    @Test
    void muchHappens() {
        assertThat(REPORTS.stream().mapToInt(Report::lines).average().orElseThrow())
                .isGreaterThan(100);
    }
}
