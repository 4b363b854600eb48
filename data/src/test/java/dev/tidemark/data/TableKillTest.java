package dev.tidemark.data;

import static dev.tidemark.data.TableFlights.onlyDayBefore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.data.TableFlights.Engine;
import dev.tidemark.data.TableFlights.How;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that ends at once, as by {@code kill -9}, at each step and inside the commit. */
class TableKillTest {
    private static final int KILLED = 137;
    private static final long PATIENCE_SECONDS = 120;

    @TempDir Path home;

    /** At every step of one primitive, and inside the commit of all. */
    static Stream<Arguments> deaths() {
        return TableCrashTest.ways()
                .flatMap(
                        way ->
                                (way.get()[1] == How.REPLACE_WINDOW
                                                ? Stream.of(
                                                        "CLAIMED",
                                                        "STAGED",
                                                        "CHECKED",
                                                        "COMMIT",
                                                        "PUBLISHED")
                                                : Stream.of("COMMIT"))
                                        .map(
                                                step ->
                                                        Arguments.of(
                                                                way.get()[0], way.get()[1], step)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aKilledProcessLeavesAllOrNothingAndTheNextAttemptPublishes(
            Engine engine, How how, String step) throws Exception {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();

        assertThat(runVictim(engine, how, step)).isEqualTo(KILLED);

        assertThat(flights.seen())
                .isEqualTo(step.equals("PUBLISHED") ? flights.wholeOutputOf(2) : onlyDayBefore());
        flights.publish(flights.attempt(3));
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
        assertThat(flights.stagingTables()).isEmpty();
    }

    private int runVictim(Engine engine, How how, String step) throws Exception {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TableVictim.class.getName(),
                                engine.name(),
                                how.name(),
                                home.toString(),
                                step)
                        .inheritIO()
                        .start();
        if (!victim.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            victim.destroyForcibly();
        }
        return victim.waitFor();
    }
}
