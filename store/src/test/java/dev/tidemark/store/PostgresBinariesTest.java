package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The server of the class path does where none is installed. */
class PostgresBinariesTest {
    @Test
    void whereNoServerIsInstalledTheOneOnTheClassPathRunsTheStore() throws IOException {
        Path folder = Files.createTempDirectory("tidemark-postgres");
        Optional<Path> programs = PostgresBinaries.find(folder, List.of());
        if (programs.isEmpty()) {
            Files.delete(folder);
        }
        assumeTrue(
                programs.isPresent(),
                "no PostgreSQL server on the class path for this system: Maven could not get"
                        + " io.zonky.test.postgres, or has none for "
                        + System.getProperty("os.name")
                        + " on "
                        + System.getProperty("os.arch"));
        assertThat(programs.orElseThrow()).startsWith(folder);

        PostgresServer server = PostgresServer.startIn(folder, programs.get(), Optional.empty());
        try (PostgresStore store = PostgresStore.open(server.url("postgres"))) {
            Samples.commit(store, FaultsContract.UNDER_WAY, Samples.NOON);
            assertThat(store.run(1)).isPresent();
        } finally {
            server.close();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void anInstalledServerComesFirst() throws IOException {
        Path folder = Files.createTempDirectory("tidemark-postgres");
        Path installed = Files.createDirectory(folder.resolve("bin"));
        Path initdb = Files.createFile(installed.resolve("initdb"));
        assertThat(initdb.toFile().setExecutable(true)).isTrue();

        assertThat(PostgresBinaries.find(folder, List.of(folder, installed)))
                .contains(installed.toRealPath());
        Files.delete(initdb);
        Files.delete(installed);
        Files.delete(folder);
    }
}
