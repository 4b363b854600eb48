package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher keeps no cache of a rehearsal that fails, and starts are slow from then on. */
class RehearsalTest {
    @TempDir private Path folder;

    @Test
    void everyCommandThatIsRehearsedSucceeds() {
        String flights = Program.example("flights").toString();
        assertThat(Rehearsal.failed(flights, folder.resolve("home").toString())).isEmpty();
    }
}
