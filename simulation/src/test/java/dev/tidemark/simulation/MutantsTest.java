package dev.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the simulation finds mistakes: each mutant of the program has to die of some seed. */
@Tag("mutants")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantsTest {
    /** A tenth of those that a change of the engine has to pass. */
    private static final long MOST_SEEDS = 1_000;

    private final StringBuilder deaths = new StringBuilder();

    static Stream<Mutant> mutants() {
        return Mutants.all();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void eachMutantIsKilled(Mutant mutant) throws Exception {
        Method simulation =
                MutantLoader.of(mutant)
                        .loadClass(Simulation.class.getName())
                        .getMethod("lines", long.class);
        OptionalLong seed = killer(simulation);
        deaths.append(mutant).append(": ").append(seed).append('\n');
        assertThat(seed).as("the seed that kills: %s", mutant).isPresent();
    }

    private static OptionalLong killer(Method simulation) throws IllegalAccessException {
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            try {
                simulation.invoke(null, seed);
            } catch (InvocationTargetException found) {
                return OptionalLong.of(seed);
            }
        }
        return OptionalLong.empty();
    }

    @AfterAll
    void tellDeaths(org.junit.jupiter.api.TestReporter reporter) {
        reporter.publishEntry("seeds until death", deaths.toString());
    }
}
