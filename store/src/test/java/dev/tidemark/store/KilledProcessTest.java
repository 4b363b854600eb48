package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is killed while it works: what it said it had kept is there, and all is sound. */
class KilledProcessTest {
    private static final int MOST_TURNS = 200;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatWasAcknowledgedIsThereAfterKillNine(long seed) throws Exception {
        Path file = folder.resolve("tidemark.db");
        int acknowledged = workUntilKilled(file, seed);

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(integrity(file)).containsExactly("ok");
            Replay.assertHistoriesTellWhatIsShown(store);
            assertIsWhatTheTurnsLeave(store, seed, acknowledged);
        }
    }

    private static int workUntilKilled(Path file, long seed)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingProcess.class.getName(),
                                file.toString(),
                                Long.toString(seed))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int killAt = 1 + new Random(seed).nextInt(MOST_TURNS);
        int acknowledged = -1;
        try (BufferedReader said = process.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                acknowledged = Integer.parseInt(line);
                if (acknowledged == killAt) {
                    // By its handle: the process itself would close what it has said.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertThat(acknowledged).isGreaterThanOrEqualTo(killAt);
        return acknowledged;
    }

    private static List<String> integrity(Path file) throws SQLException {
        try (Connection connection = SqliteFile.toRead(file)) {
            return new Sql(connection).list(row -> row.getString(1), "PRAGMA integrity_check");
        }
    }

    /** The acknowledged turns, and perhaps the one under way: whole, or not at all. */
    private static void assertIsWhatTheTurnsLeave(Store store, long seed, int acknowledged) {
        Store twin = new MemoryStore(store.issuer());
        RandomEngine engine = new RandomEngine(twin, seed);
        for (int turn = 0; turn < acknowledged; turn++) {
            engine.turn();
        }
        Everything kept = Everything.in(store);
        if (!Everything.in(twin).equals(kept)) {
            engine.turn();
        }
        assertThat(kept).isEqualTo(Everything.in(twin));
    }
}
