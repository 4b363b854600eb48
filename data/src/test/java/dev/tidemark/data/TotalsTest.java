package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Schema FLIGHT =
            Schema.of().text("origin").integer("delay").decimal("fare").floating("ratio");
    private static final Measure MEASURE =
            Measure.rows("flights").sum("minutes", "delay").sum("money", "fare");

    @Test
    void rowsAreCountedAndColumnsSummed() {
        Totals totals = MEASURE.of(flights(flight(5, "0.10"), flight(-2, "0.20"), NULLS));
        assertThat(totals).hasToString("3 flights, 3 minutes, 0.30 money");
        assertThat(totals.whole("minutes")).isEqualTo(3);
        assertThat(totals.amount("money")).isEqualByComparingTo("0.3");
        assertThatThrownBy(() -> totals.amount("seats"))
                .satisfies(has(ErrorCode.INVALID_DEFINITION))
                .hasMessageContaining("[flights, minutes, money]");
    }

    private static final Row NULLS = FLIGHT.row(null, null, null, null);

    @Test
    void whatAddsUpIsEqual() {
        Totals source = MEASURE.of(flights(flight(5, "1"), flight(7, "2")));
        Totals one = MEASURE.of(flights(flight(5, "1.00")));
        Totals other = MEASURE.of(flights(flight(7, "2")));
        one.plus(other).mustEqual(source);
    }

    @Test
    void everyAmountThatDiffersIsNamed() {
        Totals source = MEASURE.of(flights(flight(5, "1"), flight(7, "2")));
        Totals target = MEASURE.of(flights(flight(15, "3")));
        assertThatThrownBy(() -> target.mustEqual(source))
                .satisfies(has(ErrorCode.NOT_RECONCILED))
                .hasMessageContaining(
                        "2 of 3 totals differ: flights should be 2, and is 1, 1 too few; minutes"
                                + " should be 12, and is 15, 3 too many");
    }

    @Test
    void aToleranceIsAnAmountOrAShareOfWhatIsExpected() {
        Totals hundred = Measure.sumOf("minutes", "delay").of(flights(flight(100, "1")));
        Totals more = Measure.sumOf("minutes", "delay").of(flights(flight(101, "1")));
        more.mustEqual(hundred, Tolerance.amount(1));
        more.mustEqual(hundred, Tolerance.share(0.01));
        assertThatThrownBy(() -> more.mustEqual(hundred, Tolerance.amount(0.9)))
                .satisfies(has(ErrorCode.NOT_RECONCILED));
        assertThatThrownBy(() -> more.mustEqual(hundred, Tolerance.share(0.009)))
                .satisfies(has(ErrorCode.NOT_RECONCILED));
        assertThatThrownBy(() -> Tolerance.share(-1)).satisfies(has(ErrorCode.INVALID_DEFINITION));
    }

    @Test
    void onlyTheSameAmountsCompare() {
        Totals rows = Measure.rows("flights").of(flights());
        Totals minutes = Measure.sumOf("minutes", "delay").of(flights());
        assertThatThrownBy(() -> rows.mustEqual(minutes))
                .satisfies(has(ErrorCode.INVALID_DEFINITION));
        assertThatThrownBy(() -> rows.plus(minutes)).satisfies(has(ErrorCode.INVALID_DEFINITION));
        assertThatThrownBy(() -> Measure.rows("n").sum("n", "delay"))
                .satisfies(has(ErrorCode.DUPLICATE_NAME));
    }

    @Test
    void textsAndWhatIsNotFiniteCannotBeSummed() {
        assertThatThrownBy(() -> Measure.sumOf("origins", "origin").of(flights()))
                .satisfies(has(ErrorCode.INVALID_DEFINITION));
        Row odd = NULLS.with("ratio", Double.NaN);
        assertThatThrownBy(() -> Measure.sumOf("ratios", "ratio").of(flights(odd)))
                .satisfies(has(ErrorCode.NOT_RECONCILED))
                .hasMessageContaining("holds NaN");
    }

    @Test
    void theSourceIsClosed() {
        List<String> closed = new ArrayList<>();
        var _ =
                Measure.rows("flights")
                        .of(
                                Rows.from(
                                        FLIGHT,
                                        List.of(NULLS).iterator(),
                                        () -> closed.add("closed")));
        assertThat(closed).hasSize(1);
    }

    private static Row flight(long delay, String fare) {
        return FLIGHT.row("DEN", delay, new BigDecimal(fare), 0.5);
    }

    private static Rows flights(Row... rows) {
        return Rows.of(FLIGHT, List.of(rows));
    }
}
