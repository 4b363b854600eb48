package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ProtocolStep;
import dev.tidemark.data.TableFlights.Engine;
import dev.tidemark.data.TableFlights.How;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a proof sees of a database. */
class DatabaseObserverTest {
    @TempDir Path home;

    private Observation look() {
        return Observation.of(home.resolve("data"), new DatabaseObserver());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
    void aCrashAndARetryLookLikeARunThatWentWell(Engine engine) {
        TableFlights flights = TableFlights.in(engine, How.REPLACE_WINDOW, home);
        flights.publish(flights.attempt(1));
        Observation before = look();

        Assertions.assertThatExceptionOfType(FakeBoundary.Crash.class)
                .isThrownBy(
                        () -> flights.publish(flights.attempt(2).crashingAt(ProtocolStep.CHECKED)));

        assertThat(look().differences(before)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
    void anAppendThatRanTwiceIsSeen(Engine engine) throws Exception {
        TableFlights flights = TableFlights.in(engine, How.REPLACE_WINDOW, home);
        flights.publish(flights.attempt(1));
        Observation once = look();
        try (Session session = flights.database().reach(flights.attempt(0)).open()) {
            session.execute("INSERT INTO flights SELECT * FROM flights");
            assertThat(look().differences(once))
                    .singleElement()
                    .asString()
                    .contains("table flights", "40 rows, found", "80 rows");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
    void tablesThatOthersMadeAreSeenWhateverTheyHold(Engine engine) throws Exception {
        TableFlights flights = TableFlights.in(engine, How.REPLACE_WINDOW, home);
        try (Session session = flights.database().reach(flights.attempt(0)).open()) {
            session.execute("CREATE TABLE \"odd one\" (\"a b\" TIME, c INTEGER)");
            session.execute("INSERT INTO \"odd one\" VALUES ('01:02:03', 4)");
        }
        assertThat(look().contents())
                .hasSize(1)
                .allSatisfy((name, seen) -> assertThat(name).endsWith("table odd one"))
                .allSatisfy((name, seen) -> assertThat(seen).endsWith("1 rows"));
    }
}
