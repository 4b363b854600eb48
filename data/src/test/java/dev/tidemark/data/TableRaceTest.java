package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorCode;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.TidemarkException;
import dev.tidemark.data.TableFlights.Engine;
import dev.tidemark.data.TableFlights.How;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two attempts at once, and readers in between. */
class TableRaceTest {
    private static final int ROUNDS = 15;

    @TempDir Path home;

    @ParameterizedTest
    @MethodSource("dev.tidemark.data.TableCrashTest#ways")
    void ofTwoAttemptsOnOnePartitionTheLaterOneIsSeenWhole(Engine engine, How how)
            throws Exception {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        flights.publish(flights.attempt(2));
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            AtomicBoolean over = new AtomicBoolean();
            Future<List<Map<String, Long>>> reader = threads.submit(() -> snapshots(flights, over));
            try {
                for (long round = 1; round <= ROUNDS; round++) {
                    long earlier = 2 * round + 1;
                    CyclicBarrier start = new CyclicBarrier(2);
                    Future<String> first = threads.submit(() -> race(flights, start, earlier));
                    Future<String> second = threads.submit(() -> race(flights, start, earlier + 1));

                    assertThat(first.get()).isIn("published", "FENCED");
                    assertThat(second.get()).isEqualTo("published");
                    assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2, earlier + 1));
                }
            } finally {
                over.set(true);
            }
            assertThat(reader.get())
                    .isNotEmpty()
                    .allSatisfy(seen -> assertIsOneVersion(flights, seen));
        }
        assertThat(flights.stagingTables()).isEmpty();
    }

    static Stream<Arguments> waysWithParts() {
        return TableCrashTest.ways().filter(way -> way.get()[1] != How.REPLACE_ALL);
    }

    @ParameterizedTest
    @MethodSource("waysWithParts")
    void partitionsAreWrittenAtTheSameTime(Engine engine, How how) throws Exception {
        TableFlights flights = TableFlights.in(engine, how, home);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> days = new ArrayList<>();
            for (String day : List.of("2001-02-01", "2001-02-02", "2001-02-03", "2001-02-04")) {
                days.add(threads.submit(() -> flights.publish(FakeBoundary.attempt(home, day, 5))));
            }
            for (Future<?> day : days) {
                day.get();
            }
        }
        assertThat(flights.seen())
                .hasSize(4)
                .allSatisfy((day, count) -> assertThat(count).isEqualTo(TableFlights.FLIGHTS));
    }

    @ParameterizedTest
    @MethodSource("dev.tidemark.data.TableCrashTest#waysAndSteps")
    void aReaderThatBeganBeforeSeesTheOldVersionToItsEnd(
            Engine engine, How how, ProtocolStep step) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        flights.publish(flights.attempt(2));
        List<Long> delays = new ArrayList<>();
        try (Rows open = flights.table().open(flights.attempt(0))) {
            var rows = open.iterator();
            delays.add(rows.next().integer("delay"));
            flights.publish(
                    flights.attempt(3)
                            .doing(
                                    step,
                                    () ->
                                            assertThat(flights.seen())
                                                    .isEqualTo(flights.wholeOutputOf(2))));
            assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2, 3));
            while (rows.hasNext()) {
                Row row = rows.next();
                delays.add(row.integer("delay"));
            }
        }
        assertThat(delays).doesNotContain(3L).hasSizeGreaterThanOrEqualTo(TableFlights.FLIGHTS);
    }

    @ParameterizedTest
    @MethodSource("dev.tidemark.data.TableCrashTest#ways")
    void nobodyCanClaimBetweenTheFirstStatementOfAPublishAndItsCommit(Engine engine, How how) {
        TableFlights flights = TableFlights.in(engine, how, home).withDayBefore();
        List<String> claims = new ArrayList<>();
        TableFlights watched =
                flights.on(
                        flights.database()
                                .committing(
                                        session -> {
                                            claims.add(claimAtOnce(flights));
                                            session.execute("COMMIT");
                                        }));

        watched.publish(flights.attempt(2));

        assertThat(claims).containsExactly("conflict");
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(2));
    }

    /** Attempt 3 claims once, without waiting. */
    private static String claimAtOnce(TableFlights flights) throws SQLException {
        Fence fence = new Fence(flights.table().name(), flights.attempt(3));
        try (Session session = flights.database().reach(flights.attempt(3)).open()) {
            switch (flights.engine()) {
                case DUCKDB -> {}
                case SQLITE -> session.execute("PRAGMA busy_timeout = 0");
                case POSTGRESQL -> session.execute("SET lock_timeout = 1");
            }
            session.transaction(() -> fence.claim(session));
            return "claimed";
        } catch (SQLException e) {
            return flights.database().reach(flights.attempt(3)).dialect().isConflict(e)
                    ? "conflict"
                    : e.toString();
        }
    }

    private static String race(TableFlights flights, CyclicBarrier start, long token)
            throws Exception {
        start.await();
        try {
            flights.publish(flights.attempt(token));
            return "published";
        } catch (TidemarkException e) {
            if (e.code() != ErrorCode.FENCED) {
                throw e;
            }
            return "FENCED";
        }
    }

    private static List<Map<String, Long>> snapshots(TableFlights flights, AtomicBoolean over) {
        List<Map<String, Long>> snapshots = new ArrayList<>();
        while (!over.get()) {
            snapshots.add(flights.seen());
        }
        return snapshots;
    }

    private static void assertIsOneVersion(TableFlights flights, Map<String, Long> seen) {
        assertThat(seen).hasSameSizeAs(flights.wholeOutputOf(2));
        assertThat(seen.values()).containsOnly((long) TableFlights.FLIGHTS);
    }
}
