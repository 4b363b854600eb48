package dev.tidemark.store;

import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.pipeline;
import static dev.tidemark.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class SqliteFileTest {
    private static final List<Change> A_RUN =
            List.of(
                    new Change.PipelineRegistered("v1", pipeline("flights", task("only"))),
                    new Change.RunCreated(1, identity("flights", 0), "v1", 0));
    private static final Change STARTED = new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING);

    @TempDir Path folder;

    private Path file() {
        return folder.resolve("tidemark.db");
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA " + name)) {
            return row.getString(1);
        }
    }

    @Test
    void whatIsCommittedIsSyncedToTheDisk() throws SQLException {
        try (Connection connection = SqliteFile.toWrite(file())) {
            assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(connection, "synchronous")).isEqualTo("2");
            assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(connection, "page_size")).isEqualTo("4096");
        }
    }

    @Test
    void aConnectionThatPromisesLessIsRefused() throws SQLException {
        try (Connection memory =
                JDBC.createConnection(JDBC.PREFIX + ":memory:", new Properties())) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SqliteFile.checkPromises(memory, file()))
                    .withMessageContaining("journal_mode is memory, not wal");
        }
    }

    @Test
    void aReaderSeesWhatAnotherProcessHasCommittedWhileItWrites() {
        List<List<RunView>> seen = new ArrayList<>();
        List<StoreReader> readers = new ArrayList<>();
        Runnable look = () -> readers.forEach(reader -> seen.add(reader.runs(RunFilter.ALL)));
        try (SqliteStore store =
                SqliteStore.open(file(), connection -> Faults.before("commit", look, connection))) {
            long epoch = store.claim("tests", OwnershipContract.HOUR).orElseThrow();
            store.commit(epoch, A_RUN, Samples.NOON);
            try (StoreReader reader = SqliteStore.reader(file())) {
                readers.add(reader);
                store.commit(epoch, List.of(STARTED), Samples.second(1));
                look.run();
            }
        }

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).extracting(RunView::state).containsExactly(RunState.QUEUED);
        assertThat(seen.get(1)).extracting(RunView::state).containsExactly(RunState.RUNNING);
    }

    @Test
    void aReaderReadsAStoreThatNobodyHasOpenAndLeavesItAsItWas() throws IOException {
        try (SqliteStore store = SqliteStore.open(file())) {
            Samples.commit(store, A_RUN, Samples.NOON);
        }
        byte[] before = Files.readAllBytes(file());

        try (StoreReader reader = SqliteStore.reader(file())) {
            assertThat(reader.run(1)).isPresent();
        }

        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void aReaderOfNoStoreSaysSoAndMakesNone() {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> SqliteStore.reader(file()))
                .withMessageContaining(file().toString())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        assertThat(file()).doesNotExist();
    }

    @Test
    void ofTwoThatWriteTheOneThatClaimedLastGoesOn() {
        try (SqliteStore first = SqliteStore.open(file());
                SqliteStore second = SqliteStore.open(file())) {
            long old = first.claim("name", OwnershipContract.HOUR).orElseThrow();
            first.commit(old, A_RUN, Samples.NOON);
            long young = second.claim("name", OwnershipContract.HOUR).orElseThrow();

            assertThatExceptionOfType(TidemarkException.class)
                    .isThrownBy(() -> first.commit(old, List.of(STARTED), Samples.NOON))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OWNERSHIP_LOST));
            assertThat(first.run(1).orElseThrow().state()).isEqualTo(RunState.QUEUED);
            second.commit(young, List.of(STARTED), Samples.NOON);
        }
    }

    @Test
    void aFileThatIsNoStoreIsSaidToBeNone() throws IOException {
        Files.writeString(file(), "a letter to my aunt, long enough to be read as a header");

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> SqliteStore.open(file()))
                .withMessageContaining("damaged, or no store")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        assertThat(Files.readString(file())).startsWith("a letter");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path nowhere = folder.resolve("nowhere").resolve("tidemark.db");

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> SqliteStore.open(nowhere))
                .withMessageContaining(nowhere.toString())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }

    @Test
    void theNativeLibraryIsUnpackedOnce() throws IOException {
        Path unpacked = SqliteLibrary.unpacked(folder);
        Path library;
        try (var files = Files.list(unpacked)) {
            library = files.reduce((_, _) -> folder).orElseThrow();
        }
        var made = Files.getLastModifiedTime(library);

        assertThat(library).isRegularFile();
        assertThat(SqliteLibrary.unpacked(folder)).isEqualTo(unpacked);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(made);
    }
}
