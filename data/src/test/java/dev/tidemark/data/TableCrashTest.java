package dev.tidemark.data;

import static dev.tidemark.data.TableFlights.onlyDayBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Receipt;
import dev.tidemark.Rows;
import dev.tidemark.TidemarkException;
import dev.tidemark.data.TableFlights.Engine;
import dev.tidemark.data.TableFlights.How;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix that every way to publish must pass, for each database and each primitive. */
class TableCrashTest {
    private static final List<ProtocolStep> BEFORE_PUBLISH =
            List.of(ProtocolStep.CLAIMED, ProtocolStep.STAGED, ProtocolStep.CHECKED);

    @TempDir Path home;

    static Stream<Arguments> ways() {
        return Stream.of(Engine.values())
                .flatMap(engine -> Stream.of(How.values()).map(how -> Arguments.of(engine, how)));
    }

    static Stream<Arguments> waysAndSteps() {
        return ways().flatMap(
                        way ->
                                BEFORE_PUBLISH.stream()
                                        .map(
                                                step ->
                                                        Arguments.of(
                                                                way.get()[0], way.get()[1], step)));
    }

    /** What was appended is not staged again, so a rerun of that only claims. */
    static Stream<Arguments> rerunsAndSteps() {
        return waysAndSteps()
                .filter(
                        way ->
                                way.get()[1] != How.APPEND_ONCE
                                        || way.get()[2] == ProtocolStep.CLAIMED);
    }

    @ParameterizedTest
    @MethodSource("waysAndSteps")
    void aCrashBeforePublishLeavesReadersWhatTheySawAndARetryPublishesAll(
            Engine engine, How how, ProtocolStep step) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        crash(flights, flights.attempt(2).crashingAt(step));
        assertThat(flights.seen()).isEqualTo(onlyDayBefore());

        Receipt receipt = flights.publish(flights.attempt(3));

        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
        assertThat(receipt.version()).isEqualTo(flights.version(1));
        assertThat(receipt.rows().published()).isEqualTo(TableFlights.FLIGHTS);
        assertThat(flights.stagingTables()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rerunsAndSteps")
    void aCrashOfARerunKeepsTheEarlierVersionAndARetryReplacesIt(
            Engine engine, How how, ProtocolStep step) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        flights.publish(flights.attempt(2));
        crash(flights, flights.attempt(3).crashingAt(step));
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2));

        Receipt receipt = flights.publish(flights.attempt(4));

        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2, 4));
        assertThat(receipt.version()).isEqualTo(flights.version(2));
        assertThat(flights.stagingTables()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aCrashAfterPublishKeepsTheOutputAndARetryIsNoSecondOne(Engine engine, How how) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        crash(flights, flights.attempt(2).crashingAt(ProtocolStep.PUBLISHED));
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2));

        flights.publish(flights.attempt(3));

        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2, 3));
        assertThat(flights.stagingTables()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aCrashInsideThePublishingTransactionChangesNothing(Engine engine, How how) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        TableFlights dying =
                flights.on(
                        flights.database()
                                .committing(
                                        session -> {
                                            throw new FakeBoundary.Crash(ProtocolStep.CHECKED);
                                        }));
        crash(dying, flights.attempt(2));
        assertThat(flights.seen()).isEqualTo(onlyDayBefore());

        flights.publish(flights.attempt(3));

        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aLostAcknowledgementIsLookedUpInTheTarget(Engine engine, How how) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        TableFlights deaf =
                flights.on(
                        flights.database()
                                .committing(
                                        session -> {
                                            session.execute("COMMIT");
                                            throw new SQLException("connection lost", "08006");
                                        }));
        FakeBoundary boundary = flights.attempt(2);

        Receipt receipt = deaf.publish(boundary);

        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2));
        assertThat(receipt.version()).isEqualTo(flights.version(1));
        assertThat(boundary.evidence()).singleElement().extracting("receipt").isEqualTo(receipt);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aCommitThatIsLostForGoodFailsAndChangesNothing(Engine engine, How how) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        TableFlights cut =
                flights.on(
                        flights.database()
                                .committing(
                                        session -> {
                                            throw new SQLException("connection lost", "08006");
                                        }));
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> cut.publish(flights.attempt(2)))
                .withMessageContaining("nothing is published")
                .withRootCauseInstanceOf(SQLException.class);
        assertThat(flights.seen()).isEqualTo(onlyDayBefore());
        flights.publish(flights.attempt(3));
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
    }

    @ParameterizedTest
    @MethodSource("waysAndSteps")
    void aZombieThatWakesAfterItsSuccessorClaimedIsFenced(
            Engine engine, How how, ProtocolStep step) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        FakeBoundary zombie =
                flights.attempt(2)
                        .doing(
                                step,
                                () ->
                                        crash(
                                                flights,
                                                flights.attempt(3)
                                                        .crashingAt(ProtocolStep.CLAIMED)));

        assertFenced(flights, zombie);
        assertThat(flights.seen()).isEqualTo(onlyDayBefore());
        assertThat(zombie.evidence()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("waysAndSteps")
    void aZombieThatWakesAfterItsSuccessorPublishedIsFenced(
            Engine engine, How how, ProtocolStep step) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        FakeBoundary zombie =
                flights.attempt(2).doing(step, () -> flights.publish(flights.attempt(3)));

        assertFenced(flights, zombie);
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anAttemptThatComesTooLateToClaimIsFenced(Engine engine, How how) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        flights.publish(flights.attempt(3));

        TidemarkException refused = assertFenced(flights, flights.attempt(2));

        assertThat(refused)
                .hasMessageContaining("attempt 2 of home-a")
                .hasMessageContaining("attempt 3 of home-a");
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anotherHomeIsRefusedUnlessItAdopts(Engine engine, How how) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        flights.publish(flights.attempt(7));
        FakeBoundary stranger = flights.attempt(2).issuedBy("home-b");

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> flights.publish(stranger))
                .withMessageContaining("home-a")
                .withMessageContaining("home-b")
                .withMessageContaining("--adopt")
                .extracting(TidemarkException::code)
                .isEqualTo(ErrorCode.FOREIGN_ISSUER);
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(7));

        Receipt receipt = flights.publish(stranger.adopting());

        assertThat(receipt.version()).isEqualTo(flights.version(2));
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(7, 2));
        assertThat(
                        catchThrowableOfType(
                                        TidemarkException.class,
                                        () -> flights.publish(flights.attempt(8)))
                                .code())
                .isEqualTo(ErrorCode.FOREIGN_ISSUER);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void twiceIsOnce(Engine engine, How how) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        var rows = TableFlights.flights(flights.attempt(2));
        Receipt first = flights.publish(flights.attempt(2), Rows.of(TableFlights.SCHEMA, rows));
        Receipt second = flights.publish(flights.attempt(3), Rows.of(TableFlights.SCHEMA, rows));

        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2));
        assertThat(second.contentHash()).isEqualTo(first.contentHash());
        assertThat(first.version()).isEqualTo(flights.version(1));
        assertThat(second.version()).isEqualTo(flights.version(2));
        assertThat(second.rows()).isEqualTo(first.rows());
    }

    private static void crash(TableFlights flights, FakeBoundary boundary) {
        assertThatExceptionOfType(FakeBoundary.Crash.class)
                .isThrownBy(() -> flights.publish(boundary));
    }

    private static TidemarkException assertFenced(TableFlights flights, FakeBoundary boundary) {
        TidemarkException refused =
                catchThrowableOfType(TidemarkException.class, () -> flights.publish(boundary));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).as(refused.getMessage()).isEqualTo(ErrorCode.FENCED);
        return refused;
    }
}
