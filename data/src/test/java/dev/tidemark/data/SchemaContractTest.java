package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.RowCounts;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Columns and values that are not as declared, in files and in rows. */
class SchemaContractTest {
    private static final Schema SALE = Schema.of().date("day").text("product").integer("cents");
    private static final LocalDate DAY = LocalDate.of(2001, 2, 3);
    private static final CsvFiles SALES =
            CsvFiles.named("sales", "sales.csv", SALE).cursor("day").mayRepeat();
    private static final FileDataset LANDED = FileDataset.csv("landed", SALE);

    private static final String NEW_COLUMN =
            """
            day,product,cents,promo code
            2001-02-03,tea,100,
            2001-02-03,milk,90,SPRING
            """;
    private static final String WRONG_VALUE =
            """
            cents,day,product
            100,2001-02-03,tea
            free,2001-02-03,""
            ,2001-02-03,milk
            """;
    private static final String NO_PRODUCT = "day,cents\n2001-02-03,100\n";

    @TempDir Path home;
    private long token;

    @Test
    void aFileIsRefusedByNameWhereNothingIsSaid() throws IOException {
        write("day,products,promo\n2001-02-03,tea,x\n");
        assertThatThrownBy(() -> land(SALES))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining(
                        "product perhaps renamed to products (a guess: same type and similar"
                                + " name), removed cents, added promo")
                .hasMessageContaining("contract(…)");
    }

    @ParameterizedTest
    @EnumSource(names = {"EVOLVE", "REJECT_VALUES"})
    void aNewColumnIsLeftOutAndTold(SchemaContract contract) throws IOException {
        write(NEW_COLUMN);
        FakeBoundary attempt = land(SALES.contract(contract));
        assertThat(landed()).containsExactly(sale("tea", 100L), sale("milk", 90L));
        assertThat(checks(attempt))
                .singleElement()
                .satisfies(
                        told -> {
                            assertThat(told.verdict()).isEqualTo(CheckResult.Verdict.WARNED);
                            assertThat(told.actual()).endsWith("sales.csv: added promo code");
                        });
    }

    @Test
    void rowsThatHaveANewColumnGoToTheDeadLetter() throws IOException {
        write(NEW_COLUMN);
        FakeBoundary attempt = land(SALES.contract(SchemaContract.REJECT_ROWS));
        assertThat(landed()).containsExactly(sale("tea", 100L));
        assertThat(counts(attempt)).isEqualTo(new RowCounts(2, 1, 1, 0, 1));
        Schema asItCame = Schema.of().text("day").text("product").text("cents").text("column-4");
        assertThat(SampleFlights.read(LANDED.deadLetter(asItCame), attempt()))
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row.text("product")).isEqualTo("milk");
                            assertThat(row.text("column-4")).isEqualTo("SPRING");
                            assertThat(row.text("rejection_reason"))
                                    .isEqualTo("nobody declared the column column-4");
                            assertThat(row.integer("rejection_position")).isEqualTo(2);
                        });
    }

    @ParameterizedTest
    @EnumSource(names = {"EVOLVE", "REJECT_VALUES"})
    void aColumnThatDoesNotComeIsNull(SchemaContract contract) throws IOException {
        write(NO_PRODUCT);
        FakeBoundary attempt = land(SALES.contract(contract));
        assertThat(landed()).containsExactly(sale(null, 100L));
        assertThat(checks(attempt).getFirst().actual()).endsWith(": removed product");
    }

    @Test
    void whereEveryRowLacksAColumnTheFileIsRefused() throws IOException {
        write(NO_PRODUCT);
        assertThatThrownBy(() -> land(SALES.contract(SchemaContract.REJECT_ROWS)))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining("removed product. Every row lacks what is gone");
    }

    @ParameterizedTest
    @EnumSource(names = {"FREEZE", "EVOLVE"})
    void aValueOfAnotherTypeIsRefused(SchemaContract contract) throws IOException {
        write(WRONG_VALUE);
        assertThatThrownBy(() -> land(SALES.contract(contract)))
                .satisfies(has(ErrorCode.INPUT_UNREADABLE))
                .hasMessageContaining("line 3, column 'cents': 'free' is not a value");
    }

    @Test
    void aRowWithAValueOfAnotherTypeGoesToTheDeadLetter() throws IOException {
        write(WRONG_VALUE);
        FakeBoundary attempt = land(SALES.contract(SchemaContract.REJECT_ROWS));
        assertThat(landed()).containsExactly(sale("tea", 100L), sale("milk", null));
        assertThat(counts(attempt)).isEqualTo(new RowCounts(3, 2, 1, 0, 2));
        Schema asItCame = Schema.of().text("cents").text("day").text("product");
        assertThat(SampleFlights.read(LANDED.deadLetter(asItCame), attempt()))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row.text("rejection_reason"))
                                        .isEqualTo("cents = free is not of type INTEGER"));
    }

    @Test
    void aValueOfAnotherTypeIsLeftOutAndCounted() throws IOException {
        write(WRONG_VALUE);
        FakeBoundary attempt = land(SALES.contract(SchemaContract.REJECT_VALUES));
        assertThat(landed()).containsExactly(sale("tea", 100L), sale("", null), sale("milk", null));
        assertThat(counts(attempt)).isEqualTo(new RowCounts(3, 3, 0, 0, 3));
        assertThat(checks(attempt).getFirst().actual())
                .endsWith(
                        "1 values are not of their column's type and were left out, such as"
                                + " cents = free");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyFileIsUnreadableWhateverTheContract(SchemaContract contract) throws IOException {
        write("");
        assertThatThrownBy(() -> land(SALES.contract(contract)))
                .satisfies(has(ErrorCode.INPUT_UNREADABLE));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FREEZE")
    void rowsOfAnotherDayAreStillFound(SchemaContract contract) throws IOException {
        write("day,product,cents,promo\n2001-02-04,tea,100,\n");
        assertThatThrownBy(() -> land(SALES.contract(contract)))
                .satisfies(has(ErrorCode.OUTSIDE_INTERVAL));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasReadIsTheFileWhateverTheContract(SchemaContract contract) throws IOException {
        write("day,product,cents\n2001-02-03,tea,100\n");
        FakeBoundary attempt = land(SALES.contract(contract));
        assertThat(attempt.consumptions())
                .singleElement()
                .satisfies(read -> assertThat(read.rows()).isEqualTo(1));
        assertThat(checks(attempt)).as("nothing to tell").isEmpty();
        assertThat(landed()).containsExactly(sale("tea", 100L));
    }

    @ParameterizedTest
    @EnumSource
    void rowsMeetTheContractOfATable(TableFlights.Engine engine) {
        TableTarget table = engine.database(home).table("sales", SALE);
        Schema other = Schema.of().date("day").text("product").text("cents").bool("gift");
        List<Row> rows =
                List.of(other.row(DAY, "tea", "100", null), other.row(DAY, "milk", "free", true));

        assertThatThrownBy(() -> table(table, SchemaContract.FREEZE, Rows.of(other, rows)))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining("cents was INTEGER, is TEXT, added gift");
        assertThatThrownBy(() -> table(table, SchemaContract.EVOLVE, Rows.of(other, rows)))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining("A type that changed is not let pass");

        FakeBoundary attempt = table(table, SchemaContract.REJECT_VALUES, Rows.of(other, rows));
        assertThat(SampleFlights.read(table, attempt()))
                .containsExactlyInAnyOrder(sale("tea", 100L), sale("milk", null));
        assertThat(checks(attempt)).hasSize(2);

        attempt = table(table, SchemaContract.REJECT_ROWS, Rows.of(other, rows));
        assertThat(SampleFlights.read(table, attempt())).containsExactly(sale("tea", 100L));
        assertThat(counts(attempt)).isEqualTo(new RowCounts(2, 1, 1, 0, 1));
        assertThat(SampleFlights.read(table.deadLetter(), attempt()))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row.text("rejection_reason"))
                                        .isEqualTo("cents = free is not of type INTEGER"));
    }

    private FakeBoundary table(TableTarget table, SchemaContract contract, Rows rows) {
        FakeBoundary attempt = attempt();
        table.writer(attempt).replaceWindow("day").contract(contract).rows(rows);
        return attempt;
    }

    private FakeBoundary land(CsvFiles source) {
        FakeBoundary attempt = attempt();
        LANDED.writer(attempt).publish(source.open(attempt));
        return attempt;
    }

    private List<Row> landed() {
        return SampleFlights.read(LANDED, attempt());
    }

    private static List<CheckResult> checks(FakeBoundary attempt) {
        return manifest(attempt).outcome().checks();
    }

    private static RowCounts counts(FakeBoundary attempt) {
        return manifest(attempt).outcome().rows();
    }

    private static Manifest manifest(FakeBoundary attempt) {
        return ManifestJson.read(attempt.evidence().getFirst().manifest());
    }

    private static Row sale(@Nullable String product, @Nullable Long cents) {
        return SALE.row(DAY, product, cents);
    }

    private void write(String text) throws IOException {
        Boundary boundary = attempt();
        Path file = boundary.sourcePath("sales.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private FakeBoundary attempt() {
        token++;
        return FakeBoundary.attempt(home, SampleFlights.DAY, token);
    }
}
