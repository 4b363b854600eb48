package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static dev.tidemark.data.SampleFlights.DAY;
import static dev.tidemark.data.SampleFlights.SCHEMA;
import static dev.tidemark.data.SampleFlights.flights;
import static dev.tidemark.data.SampleFlights.read;
import static dev.tidemark.data.SampleFlights.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Evidence;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Receipt;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDatasetTest {
    private static final FileDataset LANDING = FileDataset.csv("flights/landing", SCHEMA);
    private static final List<Row> FLIGHTS = flights(DAY, 20, 5);

    @TempDir Path home;

    @Test
    void everyValueComesBackAsItWas() {
        Schema all =
                Schema.of()
                        .bool("flag")
                        .integer("count")
                        .floating("ratio")
                        .decimal("price")
                        .text("name")
                        .date("day")
                        .timestamp("at")
                        .instant("seen");
        List<Row> written =
                List.of(
                        all.row(
                                true,
                                Long.MIN_VALUE,
                                -0.0,
                                new BigDecimal("12.3400"),
                                "Zürich, \"quoted\"\r\nnext line",
                                LocalDate.of(2001, 2, 3),
                                LocalDateTime.of(2001, 2, 3, 4, 5, 0, 120_000),
                                Instant.parse("2001-02-03T04:05:06.1Z")),
                        all.row(null, null, null, null, null, null, null, null),
                        all.row(false, 0, Double.NaN, null, "", null, null, null),
                        all.row(false, 0, 4.9e-324, null, " # ", null, null, Instant.EPOCH));
        FileDataset dataset = FileDataset.csv("all", all);
        dataset.writer(attempt(1)).publish(Rows.of(all, written));
        assertThat(read(dataset, attempt(2))).isEqualTo(written);
    }

    @Test
    void aSingleColumnKeepsItsNulls() {
        Schema one = Schema.of().text("name");
        List<Row> written = List.of(one.row("a"), one.row((Object) null), one.row(""));
        FileDataset dataset = FileDataset.csv("one", one);
        dataset.writer(attempt(1)).publish(Rows.of(one, written));
        assertThat(read(dataset, attempt(2))).isEqualTo(written);
    }

    @Test
    void readingTellsWhatWasConsumed() {
        Receipt receipt = publish(1, FLIGHTS);
        FakeBoundary reader = attempt(2);
        read(LANDING, reader);
        assertThat(reader.consumptions())
                .singleElement()
                .isEqualTo(
                        new Consumption(
                                "flights/landing",
                                DAY,
                                receipt.contentHash(),
                                20,
                                sizeOf(visibleFile())));
    }

    @Test
    void aReaderThatStopsEarlyTellsWhatItRead() {
        publish(1, FLIGHTS);
        FakeBoundary reader = attempt(2);
        try (Rows rows = LANDING.open(reader)) {
            assertThat(rows.iterator().next()).isEqualTo(FLIGHTS.getFirst());
        }
        assertThat(reader.consumptions())
                .singleElement()
                .extracting(Consumption::rows)
                .isEqualTo(1L);
    }

    @Test
    void nothingPublishedIsMissingByName() {
        assertThatThrownBy(() -> read(LANDING, attempt(1)))
                .satisfies(has(ErrorCode.INPUT_MISSING))
                .hasMessageContaining("flights/landing has nothing published for 2001-02-03");
    }

    @Test
    void aFileChangedByHandIsNotBelieved() throws IOException {
        publish(1, FLIGHTS);
        Path file = visibleFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertMismatch("is not what its manifest lists");
    }

    @Test
    void aFileReplacedByOtherValidRowsIsNotBelieved() throws IOException {
        publish(1, FLIGHTS);
        Path first = visibleFile();
        publish(2, flights(DAY, 20, 6));
        Files.write(visibleFile(), Files.readAllBytes(first));
        assertMismatch("SHA-256");
    }

    @Test
    void aFileThatWasCutOrRemovedIsNotBelieved() throws IOException {
        publish(1, FLIGHTS);
        Path file = visibleFile();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        assertMismatch("bytes, not");
        Files.delete(file);
        assertMismatch("it is gone");
    }

    @Test
    void aLogChangedByHandIsNotBelieved() throws IOException {
        publish(1, FLIGHTS);
        Path entry = folder().resolve("_tidemark/0000000002.json");
        Files.writeString(entry, Files.readString(entry).replace("\"read\":20", "\"read\":21"));
        assertMismatch("was changed after it was published");
    }

    private void assertMismatch(String message) {
        FakeBoundary reader = attempt(9);
        assertThatThrownBy(() -> read(LANDING, reader))
                .satisfies(has(ErrorCode.EVIDENCE_MISMATCH))
                .hasMessageContaining(message);
        assertThat(reader.consumptions()).isEmpty();
    }

    @Test
    void manifestsOfAPartitionFormAChain() {
        FakeBoundary first = attempt(1);
        LANDING.writer(first).publish(rows(FLIGHTS));
        FakeBoundary second = attempt(2);
        LANDING.writer(second).publish(rows(flights(DAY, 21, 6)));
        Evidence before = first.evidence().getFirst();
        Manifest manifest = ManifestJson.read(second.evidence().getFirst().manifest());
        assertThat(manifest.piece().previous()).contains(before.manifestHash());
        assertThat(ManifestJson.read(before.manifest()).piece().previous()).isEmpty();
    }

    @Test
    void theManifestListsItsFilesWithTheirHashes() {
        FakeBoundary attempt = attempt(1);
        LANDING.writer(attempt)
                .publish(rows(FLIGHTS).reject("far", row -> row.integer("distance") > 115));
        Manifest.Output output =
                ManifestJson.read(attempt.evidence().getFirst().manifest()).output();
        assertThat(output.location()).isEqualTo("flights/landing/2001-02-03");
        assertThat(output.files())
                .singleElement()
                .satisfies(
                        part -> {
                            assertThat(part.name())
                                    .matches(
                                            "scheduled__2001-02-04T050000Z\\.land\\.1"
                                                    + "~[0-9a-f]{8}-1-0\\.csv\\.gz");
                            assertThat(part.rows()).isEqualTo(16);
                            assertThat(part.bytes()).isEqualTo(sizeOf(visibleFile()));
                        });
        assertThat(output.rejected()).singleElement().extracting(Manifest.Part::rows).isEqualTo(4L);
    }

    @Test
    void rejectedRowsAreReadWithReasonAndPosition() {
        LANDING.writer(attempt(1))
                .publish(
                        rows(FLIGHTS)
                                .reject("too far", row -> row.integer("distance") == 103)
                                .reject("farther", row -> row.integer("distance") == 105));
        List<Row> rejected = read(LANDING.deadLetter(), attempt(2));
        assertThat(rejected)
                .extracting(
                        row -> row.integer("distance"),
                        row -> row.text("rejection_reason"),
                        row -> row.integer("rejection_position"))
                .containsExactly(tuple(103L, "too far", 4L), tuple(105L, "farther", 6L));
    }

    @Test
    void withoutRejectionsTheDeadLetterIsEmpty() {
        publish(1, FLIGHTS);
        assertThat(read(LANDING.deadLetter(), attempt(2))).isEmpty();
    }

    @Test
    void rowsRejectedBeforeTheyWereMappedKeepTheirOwnColumns() {
        Schema raw = Schema.of().text("code").integer("distance");
        Schema shaped = Schema.of().text("code");
        FileDataset dataset = FileDataset.csv("codes", shaped);
        dataset.writer(attempt(1))
                .publish(
                        Rows.of(raw, List.of(raw.row("A", 1), raw.row("B", 2), raw.row("C", 3)))
                                .reject("two", row -> row.integer("distance") == 2)
                                .map(shaped, row -> shaped.row(row.text("code")))
                                .reject("not A", row -> !row.text("code").equals("A")));
        assertThat(read(dataset, attempt(2))).containsExactly(shaped.row("A"));
        assertThat(read(dataset.deadLetter(), attempt(2)))
                .extracting(row -> row.text("code"))
                .containsExactly("C");
        assertThat(read(dataset.deadLetter(raw), attempt(2)))
                .extracting(row -> row.integer("distance"))
                .containsExactly(2L);
        Schema never = Schema.of().text("other");
        assertThatThrownBy(() -> read(dataset.deadLetter(never), attempt(2)))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining("deadLetter(columns)");
    }

    @Test
    void rejectedRowsCanBeRejectedAgain() {
        LANDING.writer(attempt(1)).publish(rows(FLIGHTS).reject("x", row -> true));
        FileDataset second = FileDataset.csv("second", SCHEMA);
        try (Rows rejected = LANDING.deadLetter().open(attempt(2))) {
            second.writer(attempt(2))
                    .publish(rejected.reject("still", row -> true).map(SCHEMA, row -> row));
        }
        assertThat(read(second.deadLetter(), attempt(3)))
                .hasSize(20)
                .extracting(row -> row.text("rejection_reason"))
                .containsOnly("still");
    }

    @Test
    void theLinkFollowsWhatIsPublished() throws IOException {
        publish(1, FLIGHTS);
        Path first = link();
        publish(2, flights(DAY, 20, 6));
        assertThat(link()).isNotEqualTo(first).isEqualTo(visibleFile().getFileName());
    }

    @Test
    void aLinkThatACrashLeftBehindIsPutRightByTheNextReader() throws IOException {
        publish(1, FLIGHTS);
        Path first = link();
        FakeBoundary crashing = attempt(2).crashingAt(ProtocolStep.PUBLISHED);
        assertThatThrownBy(() -> LANDING.writer(crashing).publish(rows(flights(DAY, 9, 6))))
                .isInstanceOf(FakeBoundary.Crash.class);
        assertThat(link()).isEqualTo(first);
        read(LANDING, attempt(3));
        assertThat(link()).isNotEqualTo(first);
    }

    @Test
    void whatDeadAttemptsLeftIsCollectedOnceItIsOld() throws IOException {
        publish(1, FLIGHTS);
        FakeBoundary dead = attempt(2).crashingAt(ProtocolStep.STAGED);
        assertThatThrownBy(() -> LANDING.writer(dead).publish(rows(FLIGHTS)))
                .isInstanceOf(FakeBoundary.Crash.class);
        Path left = fileOf(2);
        Path draft = Files.createFile(folder().resolve("_tidemark/0000000009.json.x.draft"));
        ageAll(Duration.ofHours(25));

        publish(3, flights(DAY, 20, 6));
        assertThat(left).doesNotExist();
        assertThat(draft).doesNotExist();
        assertThat(fileOf(1)).exists();
        assertThat(fileOf(3)).exists();
    }

    @Test
    void whatIsYoungOrOfAnotherHomeIsLeftAlone() throws IOException {
        for (FakeBoundary dead :
                List.of(
                        attempt(2).crashingAt(ProtocolStep.STAGED),
                        attempt(1).issuedBy("home-b").adopting().crashingAt(ProtocolStep.STAGED))) {
            assertThatThrownBy(() -> LANDING.writer(dead).publish(rows(FLIGHTS)))
                    .isInstanceOf(FakeBoundary.Crash.class);
        }
        long before = dataFiles();
        LANDING.writer(attempt(9).adopting()).publish(rows(FLIGHTS));
        assertThat(dataFiles()).isEqualTo(before + 1);
        ageAll(Duration.ofHours(25));
        LANDING.writer(attempt(10).adopting()).publish(rows(FLIGHTS));
        assertThat(dataFiles()).isEqualTo(before + 1);
    }

    @Test
    void anotherFolderMayBeNamed() {
        FileDataset elsewhere = FileDataset.csv("landing", SCHEMA).in("raw/zone");
        elsewhere.writer(attempt(1)).publish(rows(FLIGHTS));
        assertThat(home.resolve("data/raw/zone/2001-02-03/_tidemark")).isDirectory();
    }

    @Test
    void aSourceThatFailsPublishesNothing() {
        publish(1, FLIGHTS);
        Rows failing =
                rows(FLIGHTS)
                        .map(
                                SCHEMA,
                                row -> {
                                    throw new IllegalStateException("no");
                                });
        assertThatThrownBy(() -> LANDING.writer(attempt(2)).publish(failing))
                .isInstanceOf(IllegalStateException.class);
        assertThat(read(LANDING, attempt(3))).isEqualTo(FLIGHTS);
    }

    private Receipt publish(long token, List<Row> rows) {
        return LANDING.writer(attempt(token)).publish(rows(rows));
    }

    private FakeBoundary attempt(long token) {
        return FakeBoundary.attempt(home, DAY, token);
    }

    private Path folder() {
        return home.resolve("data/flights/landing").resolve(DAY);
    }

    private Path visibleFile() {
        VisibleVersion visible = LANDING.visible(attempt(Long.MAX_VALUE));
        return folder().resolve(visible.manifest().output().files().getFirst().name());
    }

    private Path fileOf(long token) {
        return folder().resolve(AttemptName.of(attempt(token)).part(0, "csv.gz"));
    }

    private Path link() throws IOException {
        return Files.readSymbolicLink(folder().resolve("current.csv.gz"));
    }

    private long dataFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> AttemptName.ofFile(String.valueOf(file.getFileName())))
                    .flatMap(Optional::stream)
                    .count();
        }
    }

    private void ageAll(Duration age) throws IOException {
        FileTime time = FileTime.from(FakeBoundary.NOW.minus(age));
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, time);
            }
        }
    }

    private static long sizeOf(Path file) {
        return file.toFile().length();
    }
}
