package dev.tidemark.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.store.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills the real program with signal 9 at random moments, again and again, and has it go on. */
class KilledRunTest {
    private static final Path FLIGHTS = Program.example("flights");
    private static final int KILLS = Integer.getInteger("tidemark.kills", 12);
    private static final long SEED = Long.getLong("tidemark.seed", 20010203);
    private static final int LATEST_KILL_MILLIS = 2_500;

    @TempDir private Path folder;

    @Test
    void aRunThatWasKilledManyTimesEndsWithWhatAnUndisturbedOneLeaves() throws Exception {
        kill(KILLS, List::of);
    }

    @Test
    void soDoesOneThatIsKeptInPostgres() throws Exception {
        PostgresServer database = PostgresServer.shared();
        kill(KILLS / 3, () -> List.of("--store", database.newDatabase()));
    }

    /**
     * Kills until there were enough kills; a run that came to its end is looked at, and another one
     * begun.
     *
     * @param store the options that name a new store
     */
    private void kill(int enough, Supplier<List<String>> store) throws Exception {
        String expected = hashes(undisturbed(), List.of());
        Random random = new Random(SEED);
        int number = 0;
        Path home = folder.resolve("home" + number);
        List<String> kept = store.get();
        for (int kills = 0; kills <= enough; ) {
            Path output = folder.resolve("output" + number);
            Process process = Program.start(output, run(home, kept));
            boolean last = kills == enough;
            if (last || process.waitFor(random.nextInt(LATEST_KILL_MILLIS), MILLISECONDS)) {
                assertThat(process.waitFor()).as(Files.readString(output)).isZero();
                assertThat(hashes(home, kept)).isEqualTo(expected);
                number++;
                home = folder.resolve("home" + number);
                kept = store.get();
                kills += last ? 1 : 0;
            } else {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }
    }

    private static Object[] run(Path home, List<String> more) {
        return Stream.concat(
                        Stream.of(
                                "run",
                                FLIGHTS,
                                "--from=2001-02-01",
                                "--to=2001-02-02",
                                "--home",
                                home),
                        more.stream())
                .toArray();
    }

    private Path undisturbed() {
        Path home = folder.resolve("undisturbed");
        Program.Result result = Program.run(run(home, List.of()));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return home;
    }

    private static String hashes(Path home, List<String> store) {
        List<String> options = new ArrayList<>(store);
        options.add("--json");
        JsonNode report = Program.run(run(home, options)).json();
        StringBuilder hashes = new StringBuilder();
        for (JsonNode run : report.get("runs")) {
            for (JsonNode manifest : run.get("manifests")) {
                hashes.append(manifest.get("asset"))
                        .append(manifest.get("partition"))
                        .append(manifest.get("rows"))
                        .append(manifest.get("content_hash"))
                        .append('\n');
            }
        }
        return hashes.toString();
    }
}
