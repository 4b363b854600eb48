package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two tables of one database, compared where they lie. */
class TableComparisonTest {
    private static final Schema SALE =
            Schema.of().date("day").integer("id").text("city").integer("cents");
    private static final String DAY = SampleFlights.DAY;
    private static final String DAY_BEFORE = SampleFlights.DAY_BEFORE;

    @TempDir Path home;
    private long token;

    @ParameterizedTest
    @EnumSource
    void tablesThatAgreeHaveNoDifferences(TableFlights.Engine engine) {
        publish(engine, "orders", DAY, sale(1, "Bern", 5), sale(2, null, 7));
        publish(engine, "ledger", DAY, sale(2, null, 7), sale(1, "Bern", 5));
        TableDifferences none =
                compare(engine).on("id").columns("city", "cents").open(attempt(DAY));
        assertThat(none.counts()).isEqualTo(new TableDifferences.Counts(0, 0, 0, 0));
        none.mustBeNone();
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfDifferenceIsCountedAndShown(TableFlights.Engine engine) {
        publish(engine, "orders", DAY, sale(1, "Bern", 5), sale(2, null, 7), sale(3, "Genf", 1));
        publish(
                engine,
                "ledger",
                DAY,
                sale(2, "Chur", 7),
                sale(3, "Genf", 1),
                sale(4, "Biel", 2),
                sale(5, "Biel", 2),
                sale(5, "Biel", 2));
        TableDifferences found =
                compare(engine).on("id").columns("city", "cents").open(attempt(DAY));
        assertThat(found.counts()).isEqualTo(new TableDifferences.Counts(1, 3, 1, 1));
        assertThatThrownBy(found::mustBeNone)
                .satisfies(has(ErrorCode.NOT_RECONCILED))
                .hasMessageContaining(
                        "tables orders and ledger differ: 1 rows only left, 3 only right, 1"
                                + " different, 1 keys repeated")
                .hasMessageContaining("only left {id=1}")
                .hasMessageContaining("only right {id=4}")
                .hasMessageContaining(
                        "different {id=2, city left=null, city right=Chur, cents left=7, cents"
                                + " right=7}")
                .hasMessageContaining("repeated right {id=5}");
        assertThat(compare(engine).on("id").open(attempt(DAY)).counts().different())
                .as("only keys")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void onlyThePartitionIsCompared(TableFlights.Engine engine) {
        publish(engine, "orders", DAY, sale(1, "Bern", 5));
        publish(engine, "ledger", DAY, sale(1, "Bern", 5));
        publish(engine, "ledger", DAY_BEFORE, sale(9, "Bern", 5));
        compare(engine).on("id").within("day").open(attempt(DAY)).mustBeNone();
        assertThat(compare(engine).on("id").open(attempt(DAY)).counts().onlyRight()).isEqualTo(1);
        assertThat(
                        compare(engine)
                                .on("id")
                                .columns("cents")
                                .within("day")
                                .open(attempt(DAY_BEFORE))
                                .counts())
                .isEqualTo(new TableDifferences.Counts(0, 1, 0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void samplesAreFewHoweverManyRowsDiffer(TableFlights.Engine engine) {
        Row[] many = new Row[1_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = sale(i, "Bern", 1);
        }
        publish(engine, "orders", DAY, many);
        publish(engine, "ledger", DAY, sale(-1, "Bern", 1));
        TableDifferences found = compare(engine).on("id").open(attempt(DAY));
        assertThat(found.counts().onlyLeft()).isEqualTo(1_000);
        assertThat(found.samples()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsNamed(TableFlights.Engine engine) {
        publish(engine, "orders", DAY, sale(1, "Bern", 5));
        assertThatThrownBy(() -> compare(engine).on("id").open(attempt(DAY)))
                .satisfies(has(ErrorCode.INPUT_MISSING))
                .hasMessageContaining("there is no table ledger");
        publish(engine, "ledger", DAY, sale(1, "Bern", 5));
        assertThatThrownBy(() -> compare(engine).on("key").open(attempt(DAY)))
                .satisfies(has(ErrorCode.INVALID_DEFINITION))
                .hasMessageContaining("table orders has no column 'key'");
        assertThatThrownBy(() -> compare(engine).open(attempt(DAY)))
                .satisfies(has(ErrorCode.INVALID_DEFINITION));
    }

    private TableComparison compare(TableFlights.Engine engine) {
        return engine.database(home).compare("orders", "ledger");
    }

    private void publish(TableFlights.Engine engine, String table, String day, Row... rows) {
        List<Row> ofDay =
                List.of(rows).stream().map(row -> row.with("day", LocalDate.parse(day))).toList();
        engine.database(home)
                .table(table, SALE)
                .writer(attempt(day))
                .replaceWindow("day")
                .rows(Rows.of(SALE, ofDay));
    }

    private static Row sale(long id, @Nullable String city, long cents) {
        return SALE.row(null, id, city, cents);
    }

    private FakeBoundary attempt(String day) {
        token++;
        return FakeBoundary.attempt(home, day, token);
    }
}
