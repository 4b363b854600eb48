package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
        String expected = hashes(undisturbed());
        Random random = new Random(SEED);
        int home = 0;
        for (int kills = 0; kills < KILLS; ) {
            Path output = folder.resolve("output" + home);
            Process process = Program.start(output, run(folder.resolve("home" + home)));
            if (process.waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue()).as(Files.readString(output)).isZero();
                assertThat(hashes(folder.resolve("home" + home))).isEqualTo(expected);
                home++;
            } else {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }
        Path output = folder.resolve("output" + home);
        Process last = Program.start(output, run(folder.resolve("home" + home)));
        assertThat(last.waitFor()).as(Files.readString(output)).isZero();
        assertThat(hashes(folder.resolve("home" + home))).isEqualTo(expected);
    }

    private static Object[] run(Path home, Object... more) {
        return Stream.concat(
                        Stream.of(
                                "run",
                                FLIGHTS,
                                "--from=2001-02-01",
                                "--to=2001-02-02",
                                "--home",
                                home),
                        Stream.of(more))
                .toArray();
    }

    private Path undisturbed() {
        Path home = folder.resolve("undisturbed");
        Program.Result result = Program.run(run(home));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return home;
    }

    private static String hashes(Path home) {
        JsonNode report = Program.run(run(home, "--json")).json();
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
