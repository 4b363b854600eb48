package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static dev.tidemark.data.SampleFlights.DAY;
import static dev.tidemark.data.SampleFlights.SCHEMA;
import static dev.tidemark.data.SampleFlights.flights;
import static dev.tidemark.data.SampleFlights.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationTest {
    private static final FileDataset LANDING = FileDataset.csv("landing", SCHEMA);
    private static final List<Row> FLIGHTS = flights(DAY, 20, 5);

    @TempDir Path home;

    @Test
    void seesPublishedRowsByTheirHash() {
        publish(1, FLIGHTS);
        ContentHash hash = new ContentHash();
        FLIGHTS.forEach(hash::add);
        assertThat(observation().contents())
                .containsExactly(Map.entry("landing/" + DAY, hash + ", 20 rows"));
    }

    @Test
    void doesNotSeeWhatDeadAttemptsLeft() {
        publish(1, FLIGHTS);
        Observation before = observation();
        FakeBoundary dead = FakeBoundary.attempt(home, DAY, 2).crashingAt(ProtocolStep.STAGED);
        assertThatThrownBy(() -> LANDING.writer(dead).publish(rows(flights(DAY, 9, 9))))
                .isInstanceOf(FakeBoundary.Crash.class);
        assertThat(observation().differences(before)).isEmpty();
    }

    @Test
    void namesWhatDiffers() throws IOException {
        publish(1, FLIGHTS);
        Observation before = observation();
        Files.writeString(home.resolve("data/report.txt"), "hello");
        publish(2, flights(DAY, 21, 5));
        assertThat(observation().differences(before))
                .hasSize(2)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("landing/2001-02-03: ")
                                        .contains("expected", "20 rows, found")
                                        .endsWith("21 rows"))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("report.txt: ")
                                        .contains("expected nothing, found")
                                        .endsWith("5 bytes"));
    }

    @Test
    void seesRejectedRows() {
        LANDING.writer(FakeBoundary.attempt(home, DAY, 1))
                .publish(rows(FLIGHTS).reject("far", row -> row.integer("distance") > 115));
        assertThat(observation().contents())
                .hasSize(2)
                .hasEntrySatisfying(
                        "landing/2001-02-03 rejected 0",
                        hash -> assertThat(hash).endsWith("4 rows"));
    }

    @Test
    void asksWhoKnowsAboutOtherFiles() throws IOException {
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data/x.db"), "pages");
        Files.writeString(home.resolve("data/x.db-wal"), "journal");
        Observation.Observer databases =
                new Observation.Observer() {
                    @Override
                    public boolean sees(Path file) {
                        return file.toString().contains(".db");
                    }

                    @Override
                    public Map<String, String> observe(Path file) {
                        return file.toString().endsWith(".db")
                                ? Map.of("table t", "abc")
                                : Map.of();
                    }
                };
        assertThat(Observation.of(home.resolve("data"), databases).contents())
                .containsExactly(Map.entry("x.db table t", "abc"));
    }

    @Test
    void refusesFilesThatWereChangedByHand() throws IOException {
        publish(1, FLIGHTS);
        Files.writeString(home.resolve("data/landing/2001-02-03/current.csv.gz"), "x");
        assertThatThrownBy(this::observation).satisfies(has(ErrorCode.EVIDENCE_MISMATCH));
    }

    @Test
    void ofAFolderThatIsNotThereIsEmpty() {
        assertThat(Observation.of(home.resolve("nowhere")).contents()).isEmpty();
    }

    private void publish(long token, List<Row> rows) {
        LANDING.writer(FakeBoundary.attempt(home, DAY, token)).publish(rows(rows));
    }

    private Observation observation() {
        return Observation.of(home.resolve("data"));
    }
}
