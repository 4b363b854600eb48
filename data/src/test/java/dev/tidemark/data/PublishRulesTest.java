package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static dev.tidemark.data.SampleFlights.DAY;
import static dev.tidemark.data.SampleFlights.DAY_BEFORE;
import static dev.tidemark.data.SampleFlights.SCHEMA;
import static dev.tidemark.data.SampleFlights.flights;
import static dev.tidemark.data.SampleFlights.read;
import static dev.tidemark.data.SampleFlights.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Receipt;
import dev.tidemark.Row;
import dev.tidemark.RowCounts;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "It ran" is not "it ran correctly": what is refused before anything is published. */
class PublishRulesTest {
    private static final FileDataset LANDING = FileDataset.csv("landing", SCHEMA);
    private static final List<Row> FLIGHTS = flights(DAY, 20, 5);

    @TempDir Path home;
    private long token;

    @Test
    void aFailedCheckPublishesNothingAndTellsAllThatFailed() {
        writer(DAY).publish(rows(FLIGHTS));
        assertThatThrownBy(
                        () ->
                                writer(DAY)
                                        .check(
                                                Check.rowsAtLeast(100),
                                                Check.between("delay", -120, 1440),
                                                Check.allowed("origin", "LAX"))
                                        .publish(rows(flights(DAY, 10, 6))))
                .satisfies(has(ErrorCode.CHECK_FAILED))
                .hasMessageContaining("landing 2001-02-03: 2 of 3 checks failed")
                .hasMessageContaining("rows at least: expected 100, found 10 rows")
                .hasMessageContaining("allowed: origin: expected one of [LAX]");
        assertThat(visible(DAY)).isEqualTo(FLIGHTS);
    }

    @Test
    void checksThatPassedStandInTheManifest() {
        FakeBoundary attempt = attempt(DAY);
        LANDING.writer(attempt).check(Check.rowsAtLeast(20)).publish(rows(FLIGHTS));
        assertThat(ManifestJson.read(attempt.evidence().getFirst().manifest()).outcome().checks())
                .containsExactly(CheckResult.of("rows at least", "20", "20 rows", true));
    }

    @Test
    void nothingDoesNotReplaceSomething() {
        writer(DAY).publish(rows(FLIGHTS));
        assertThatThrownBy(() -> writer(DAY).publish(rows(List.of())))
                .satisfies(has(ErrorCode.EMPTY_OVER_DATA))
                .hasMessageContaining("no rows would replace the 20 that readers see");
        assertThat(visible(DAY)).isEqualTo(FLIGHTS);
        writer(DAY).allowEmpty().publish(rows(List.of()));
        assertThat(visible(DAY)).isEmpty();
    }

    @Test
    void nothingAmongWhatUsuallyHasRowsIsRefused() {
        writer(DAY_BEFORE).publish(rows(flights(DAY_BEFORE, 20, 5)));
        assertThatThrownBy(() -> writer(DAY).publish(rows(List.of())))
                .satisfies(has(ErrorCode.EMPTY_OVER_DATA))
                .hasMessageContaining("no rows were read, and 20 for the partition before it");
        writer(DAY).allowEmpty().publish(rows(List.of()));
        assertThat(visible(DAY)).isEmpty();
    }

    @Test
    void yesterdaysInputIsNotTodays() {
        FakeBoundary yesterday = attempt(DAY_BEFORE);
        yesterday.consumed(new Consumption("bts", DAY_BEFORE, "same", 20, 0));
        LANDING.writer(yesterday).publish(rows(flights(DAY_BEFORE, 20, 5)));

        assertThatThrownBy(() -> LANDING.writer(consuming("same")).publish(rows(FLIGHTS)))
                .satisfies(has(ErrorCode.SAME_INPUT_AS_BEFORE))
                .hasMessageContaining("bts has the same 20 rows (version same)")
                .hasMessageContaining(DAY_BEFORE);
        LANDING.writer(consuming("another")).publish(rows(FLIGHTS));
        LANDING.writer(consuming("same")).mayRepeat().publish(rows(FLIGHTS));
    }

    @Test
    void changedColumnsAreRefusedByName() {
        writer(DAY_BEFORE).publish(rows(flights(DAY_BEFORE, 20, 5)));
        Schema changed =
                Schema.of()
                        .timestamp("date")
                        .floating("delay")
                        .text("origin")
                        .text("destination")
                        .text("carrier");
        FileDataset later = FileDataset.csv("landing", changed);
        Row row = changed.row(LocalDateTime.parse("2001-02-03T01:00:00"), 1.0, "A", "B", "UA");
        assertThatThrownBy(() -> later.writer(attempt(DAY)).publish(Rows.of(changed, List.of(row))))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining(
                        "delay was INTEGER, is FLOAT, removed distance, added carrier")
                .hasMessageContaining("acceptSchemaChange()");
        later.writer(attempt(DAY)).acceptSchemaChange().publish(Rows.of(changed, List.of(row)));
        assertThat(read(later, attempt(DAY))).containsExactly(row);
        assertThatThrownBy(() -> visible(DAY)).satisfies(has(ErrorCode.SCHEMA_CHANGED));
    }

    @Test
    void rowsWithoutTheDeclaredColumnsAreRefused() {
        Schema other = SCHEMA.text("carrier");
        assertThatThrownBy(() -> writer(DAY).publish(Rows.of(other, List.of())))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining("added carrier");
    }

    @Test
    void aRowThatIsNotWhatItsRowsClaimIsRefused() {
        Row stranger = Schema.of().text("a").row("x");
        assertThatThrownBy(() -> writer(DAY).publish(rows(List.of(stranger))))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED));
    }

    @Test
    void columnsMayComeInAnotherOrder() {
        Schema turned =
                Schema.of()
                        .text("destination")
                        .text("origin")
                        .integer("distance")
                        .integer("delay")
                        .timestamp("date");
        Row row = turned.row("IAD", "DEN", 9, 3, LocalDateTime.parse("2001-02-03T01:00:00"));
        writer(DAY).publish(Rows.of(turned, List.of(row)));
        assertThat(visible(DAY))
                .containsExactly(
                        SCHEMA.row(LocalDateTime.parse("2001-02-03T01:00:00"), 3, 9, "DEN", "IAD"));
    }

    @Test
    void rowsOfAnotherDayAreRefusedWithAnExample() {
        List<Row> mixed = List.of(FLIGHTS.get(0), flights("2001-02-04", 1, 77).getFirst());
        assertThatThrownBy(() -> writer(DAY).within("date").publish(rows(mixed)))
                .satisfies(has(ErrorCode.OUTSIDE_INTERVAL))
                .hasMessageContaining("landing: 1 rows lie outside partition 2001-02-03")
                .hasMessageContaining("delay=77");
        writer(DAY).within("date").publish(rows(FLIGHTS));
    }

    @Test
    void rowsThatAreNotAccountedForAreRefused() {
        Rows lossy =
                rows(FLIGHTS)
                        .filter(row -> true)
                        .aggregate(SCHEMA, PublishRulesTest::takesOneAndPeeksAtTheNext);
        assertThatThrownBy(() -> writer(DAY).publish(lossy))
                .satisfies(has(ErrorCode.UNBALANCED))
                .hasMessageContaining("2 rows read, but 1 accepted");
    }

    private static List<Row> takesOneAndPeeksAtTheNext(Iterable<Row> rows) {
        Iterator<Row> iterator = rows.iterator();
        Row first = iterator.next();
        assertThat(iterator.hasNext()).isTrue();
        return List.of(first);
    }

    @Test
    void aReceiptSaysWhatBecameOfEveryRow() {
        Receipt receipt =
                writer(DAY)
                        .publish(
                                rows(FLIGHTS)
                                        .reject("far", row -> row.integer("distance") > 115)
                                        .filter(row -> row.integer("distance") > 101));
        assertThat(receipt.rows()).isEqualTo(new RowCounts(20, 14, 4, 2, 14));
        assertThat(receipt.asset()).isEqualTo("landing");
        assertThat(receipt.partition()).isEqualTo(DAY);
    }

    private FakeBoundary consuming(String version) {
        FakeBoundary attempt = attempt(DAY);
        attempt.consumed(new Consumption("bts", DAY, version, 20, 0));
        return attempt;
    }

    private FileWriter writer(String day) {
        return LANDING.writer(attempt(day));
    }

    private FakeBoundary attempt(String day) {
        token++;
        return FakeBoundary.attempt(home, day, token);
    }

    private List<Row> visible(String day) {
        return read(LANDING, attempt(day));
    }
}
