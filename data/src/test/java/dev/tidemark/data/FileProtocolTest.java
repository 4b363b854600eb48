package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static dev.tidemark.data.SampleFlights.DAY;
import static dev.tidemark.data.SampleFlights.flights;
import static dev.tidemark.data.SampleFlights.read;
import static dev.tidemark.data.SampleFlights.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Receipt;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.TidemarkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The matrix that every target passes, for files: however attempts die, wake and overlap, a reader
 * sees exactly one attempt's complete output.
 */
class FileProtocolTest {
    private static final FileDataset LANDING = FileDataset.csv("landing", SampleFlights.SCHEMA);
    private static final List<Row> BEFORE = flights(DAY, 30, 1);
    private static final List<Row> MINE = flights(DAY, 40, 2);
    private static final List<Row> SUCCESSORS = flights(DAY, 50, 3);
    private static final int RACES = 25;

    @TempDir Path home;

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "STAGED", "CHECKED"})
    void aCrashBeforePublishingLeavesWhatWasVisible(ProtocolStep step) {
        publish(attempt(1), BEFORE);
        Observation before = observation();
        crash(step, 2, MINE);
        assertThat(visible()).isEqualTo(BEFORE);
        assertThat(observation().differences(before)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "STAGED", "CHECKED"})
    void aCrashBeforeTheFirstPublishingLeavesNothing(ProtocolStep step) {
        crash(step, 1, MINE);
        assertThatThrownBy(this::visible).satisfies(has(ErrorCode.INPUT_MISSING));
        assertThat(observation().contents()).isEmpty();
    }

    @Test
    void aCrashAfterPublishingLeavesTheNewVersion() {
        publish(attempt(1), BEFORE);
        crash(ProtocolStep.PUBLISHED, 2, MINE);
        assertThat(visible()).isEqualTo(MINE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "STAGED", "CHECKED", "PUBLISHED"})
    void aRetryAfterACrashEqualsARunWithoutOne(ProtocolStep step, @TempDir Path calm) {
        publish(attempt(1), BEFORE);
        crash(step, 2, MINE);
        publish(attempt(3), MINE);

        publish(FakeBoundary.attempt(calm, DAY, 1), BEFORE);
        publish(FakeBoundary.attempt(calm, DAY, 2), MINE);
        assertThat(visible()).isEqualTo(MINE);
        assertThat(observation().differences(observation(calm))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "STAGED", "CHECKED", "PUBLISHED"})
    void aRetryThatCrashesTooIsRetriedTheSame(ProtocolStep step) {
        crash(step, 1, MINE);
        crash(step, 2, MINE);
        publish(attempt(3), MINE);
        assertThat(visible()).isEqualTo(MINE);
    }

    @Test
    void aZombieThatWakesBeforeItsClaimIsFenced() {
        publish(attempt(2), SUCCESSORS);
        assertFencedWithoutEffect(attempt(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "STAGED", "CHECKED"})
    void aZombieThatWakesAfterItsSuccessorPublishedIsFenced(ProtocolStep step) {
        publish(attempt(1), BEFORE);
        FakeBoundary zombie = attempt(2).doing(step, () -> publish(attempt(3), SUCCESSORS));
        assertThatThrownBy(() -> publish(zombie, MINE)).satisfies(has(ErrorCode.FENCED));
        assertThat(visible()).isEqualTo(SUCCESSORS);
        assertThat(zombie.evidence()).isEmpty();
    }

    @Test
    void aZombieThatHadPublishedIsReplacedByItsSuccessor() {
        FakeBoundary zombie =
                attempt(2).doing(ProtocolStep.PUBLISHED, () -> publish(attempt(3), SUCCESSORS));
        publish(zombie, MINE);
        assertThat(visible()).isEqualTo(SUCCESSORS);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "STAGED", "CHECKED"})
    void aKillThatNobodySucceedsRefusesTheZombieAndKeepsTheOldVersion(ProtocolStep step) {
        publish(attempt(1), BEFORE);
        FakeBoundary zombie =
                attempt(2).doing(step, () -> crash(ProtocolStep.CLAIMED, 3, SUCCESSORS));
        assertThatThrownBy(() -> publish(zombie, MINE)).satisfies(has(ErrorCode.FENCED));
        assertThat(visible()).isEqualTo(BEFORE);
    }

    @Test
    void aLostAcknowledgementIsNoFailure() {
        crash(ProtocolStep.PUBLISHED, 1, MINE);
        Observation published = observation();
        Receipt receipt = publish(attempt(2), MINE);
        assertThat(visible()).isEqualTo(MINE);
        assertThat(observation().differences(published)).isEmpty();
        assertThat(receipt.version()).isGreaterThan(2);
    }

    @Test
    void oneAttemptPublishesOnceSoThatNothingOfItIsLost() {
        FakeBoundary attempt = attempt(1);
        publish(attempt, BEFORE);
        assertThatThrownBy(() -> publish(attempt, MINE)).satisfies(has(ErrorCode.FENCED));
        assertThat(visible()).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "STAGED", "CHECKED", "PUBLISHED"})
    void aReaderDuringTheWriteSeesOneVersion(ProtocolStep step) {
        publish(attempt(1), BEFORE);
        List<Row> seen = new ArrayList<>();
        publish(attempt(2).doing(step, () -> seen.addAll(visible())), MINE);
        assertThat(seen).isEqualTo(step == ProtocolStep.PUBLISHED ? MINE : BEFORE);
    }

    @Test
    void aReaderThatBeganBeforeThePublishGoesOnWithItsVersion() {
        publish(attempt(1), BEFORE);
        List<Row> seen = new ArrayList<>();
        try (Rows rows = LANDING.open(attempt(9))) {
            for (Row row : rows) {
                if (seen.isEmpty()) {
                    publish(attempt(2), MINE);
                }
                seen.add(row);
            }
        }
        assertThat(seen).isEqualTo(BEFORE);
        assertThat(visible()).isEqualTo(MINE);
    }

    @Test
    void ofTwoAttemptsThatRaceTheHigherTokenWins() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int race = 0; race < RACES; race++) {
                CyclicBarrier together = new CyclicBarrier(2);
                FakeBoundary lower = attempt(2 * race + 1);
                FakeBoundary higher = attempt(2 * race + 2);
                Future<Boolean> first = threads.submit(() -> publishedAfter(together, lower, MINE));
                Future<Boolean> second =
                        threads.submit(() -> publishedAfter(together, higher, SUCCESSORS));
                assertThat(second.get()).isTrue();
                assertThat(first.get()).isEqualTo(!lower.evidence().isEmpty());
                assertThat(visible()).isEqualTo(SUCCESSORS);
            }
        }
    }

    @Test
    void aReaderOnAnotherThreadNeverSeesAMixture() throws Exception {
        List<List<Row>> versions =
                List.of(flights(DAY, 300, 0), flights(DAY, 500, 1), flights(DAY, 50, 2));
        publish(attempt(1), versions.get(0));
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<?> writer =
                    threads.submit(
                            () -> {
                                for (int i = 1; i < 30; i++) {
                                    publish(attempt(1 + i), versions.get(i % 3));
                                }
                            });
            while (!writer.isDone()) {
                List<Row> seen = visible();
                assertThat(versions).contains(seen);
            }
            writer.get();
        }
    }

    @Test
    void anotherHomeIsRefusedByName() {
        publish(attempt(7), BEFORE);
        FakeBoundary other = attempt(9).issuedBy("home-b");
        assertThatThrownBy(() -> publish(other, MINE))
                .satisfies(has(ErrorCode.FOREIGN_ISSUER))
                .hasMessageContaining("landing 2001-02-03 is held by another home, home-a (token 7")
                .hasMessageContaining("this home is home-b")
                .hasMessageContaining("--adopt");
        assertThat(visible()).isEqualTo(BEFORE);
    }

    @Test
    void anotherHomeTakesOverOnPurposeAndRefusesTheOneBefore() {
        publish(attempt(7), BEFORE);
        FakeBoundary zombie =
                attempt(8)
                        .doing(
                                ProtocolStep.CHECKED,
                                () -> publish(attempt(1).issuedBy("home-b").adopting(), MINE));
        assertThatThrownBy(() -> publish(zombie, SUCCESSORS))
                .satisfies(has(ErrorCode.FOREIGN_ISSUER));
        assertThat(visible()).isEqualTo(MINE);
    }

    private void assertFencedWithoutEffect(FakeBoundary zombie) {
        Observation before = observation();
        assertThatThrownBy(() -> publish(zombie, MINE)).satisfies(has(ErrorCode.FENCED));
        assertThat(observation().differences(before)).isEmpty();
        assertThat(zombie.steps()).isEmpty();
    }

    private boolean publishedAfter(CyclicBarrier barrier, FakeBoundary attempt, List<Row> rows)
            throws Exception {
        barrier.await();
        try {
            publish(attempt, rows);
            return true;
        } catch (TidemarkException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.FENCED);
            return false;
        }
    }

    private void crash(ProtocolStep step, long token, List<Row> rows) {
        assertThatThrownBy(() -> publish(attempt(token).crashingAt(step), rows))
                .isInstanceOf(FakeBoundary.Crash.class);
    }

    private static Receipt publish(FakeBoundary attempt, List<Row> rows) {
        return LANDING.writer(attempt).publish(rows(rows));
    }

    private FakeBoundary attempt(long token) {
        return FakeBoundary.attempt(home, DAY, token);
    }

    private List<Row> visible() {
        return read(LANDING, attempt(Long.MAX_VALUE));
    }

    private Observation observation() {
        return observation(home);
    }

    private static Observation observation(Path home) {
        return Observation.of(home.resolve("data"));
    }
}
