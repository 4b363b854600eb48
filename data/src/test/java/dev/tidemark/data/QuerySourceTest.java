package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.TidemarkException;
import dev.tidemark.data.TableFlights.Engine;
import dev.tidemark.data.TableFlights.How;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading by SQL, and reading what is not there. */
class QuerySourceTest {
    @TempDir Path home;

    private static void assertRefused(ErrorCode code, Runnable read, String... words) {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(read::run)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code))
                .satisfies(refused -> assertThat(refused).hasMessageContainingAll(words));
    }

    @ParameterizedTest
    @EnumSource
    void theIntervalIsBoundByName(Engine engine) {
        TableFlights flights = TableFlights.in(engine, How.REPLACE_WINDOW, home).withDayBefore();
        flights.publish(flights.attempt(2));
        QuerySource query =
                engine.database(home)
                        .query(
                                "delays",
                                """
                                SELECT day, count(*) AS flights, sum(delay) AS delays,
                                       ':start' AS literal, min(flight) AS "first" -- not :this
                                FROM flights WHERE day >= :start AND day < :end AND day = :date
                                GROUP BY day;\
                                """);
        FakeBoundary reader = flights.attempt(0);

        try (Rows rows = query.open(reader)) {
            assertThat(rows.schema().column("day").type()).isEqualTo(ColumnType.DATE);
            assertThat(rows.schema().column("delays").type()).isEqualTo(sum(engine));
            List<Row> read = new ArrayList<>();
            rows.forEach(read::add);
            assertThat(read)
                    .singleElement()
                    .hasToString(
                            "{day=2001-02-03, flights=40, delays=80, literal=:start, first=UA0}");
        }
        assertThat(reader.consumptions())
                .singleElement()
                .satisfies(read -> assertThat(read.rows()).isEqualTo(1))
                .satisfies(read -> assertThat(read.source()).isEqualTo(query.name()))
                .satisfies(read -> assertThat(read.version()).hasSize(32));
    }

    /** What a sum of whole numbers is made of. */
    private static ColumnType sum(Engine engine) {
        return engine == Engine.POSTGRESQL ? ColumnType.DECIMAL : ColumnType.INTEGER;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsMissingInput(Engine engine) {
        TableFlights flights = TableFlights.in(engine, How.REPLACE_WINDOW, home);
        QuerySource query = engine.database(home).query("nothing", "SELECT x FROM nowhere");
        assertRefused(ErrorCode.INPUT_MISSING, () -> query.open(flights.attempt(1)), "there is no");
        flights.withDayBefore();
        assertRefused(ErrorCode.INPUT_MISSING, () -> query.open(flights.attempt(1)), "nowhere");
        assertRefused(
                ErrorCode.INPUT_MISSING,
                () -> flights.table().open(flights.attempt(1)),
                "2001-02-03 was never published");
    }

    @ParameterizedTest
    @EnumSource
    void readingHalfWayConsumesNothingAndLetsGo(Engine engine) {
        TableFlights flights = TableFlights.in(engine, How.REPLACE_WINDOW, home);
        flights.publish(flights.attempt(1));
        FakeBoundary reader = flights.attempt(0);
        try (Rows rows = flights.table().open(reader)) {
            var _ = rows.iterator().next();
        }
        assertThat(reader.consumptions()).isEmpty();
        flights.publish(flights.attempt(2));
    }

    @ParameterizedTest
    @EnumSource
    void aColumnWithoutANameIsRefused(Engine engine) {
        TableFlights flights = TableFlights.in(engine, How.REPLACE_WINDOW, home);
        flights.publish(flights.attempt(1));
        assertRefused(
                ErrorCode.INPUT_UNREADABLE,
                () ->
                        engine.database(home)
                                .query("unnamed", "SELECT max(delay) + 1 FROM flights")
                                .open(flights.attempt(0)),
                "with AS");
    }

    @ParameterizedTest
    @EnumSource
    void writingHiddenInAQueryChangesNothing(Engine engine) {
        TableFlights flights = TableFlights.in(engine, How.REPLACE_WINDOW, home);
        flights.publish(flights.attempt(1));
        QuerySource sly =
                engine.database(home).query("sly", "WITH gone AS (SELECT 1) DELETE FROM flights");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> sly.open(flights.attempt(0)));
        assertThat(flights.seen()).containsEntry("2001-02-03 by 1", 40L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM flights",
                "SELECT 1; DELETE FROM flights",
                "SELECT ?",
                "SELECT :unknown",
                "PRAGMA journal_mode = DELETE",
                ""
            })
    void onlyOneSelectWithKnownNamesIsAQuery(String sql) {
        assertRefused(
                ErrorCode.INVALID_DEFINITION,
                () -> Engine.SQLITE.database(home).query("bad", sql),
                "ledger/bad");
    }

    @Test
    void colonsInLiteralsCastsAndCommentsAreNoParameters() {
        NamedParameters parsed =
                NamedParameters.parse(
                        "q",
                        "/* ; */ SELECT 'it''s :a', \"x:y\", b::date, :date /* :c ? */ -- ; e");
        assertThat(parsed.names()).containsExactly("date");
        assertThat(parsed.sql())
                .isEqualTo("/* ; */ SELECT 'it''s :a', \"x:y\", b::date, ? /* :c ? */ -- ; e");
    }
}
