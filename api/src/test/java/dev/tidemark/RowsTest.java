package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RowsTest {
    private static final Schema NUMBERS = Schema.of().integer("n");

    private static List<Row> numbers(long... values) {
        return LongStream.of(values).mapToObj(NUMBERS::row).toList();
    }

    private static Rows rows(long... values) {
        return Rows.of(NUMBERS, numbers(values));
    }

    private static List<Long> read(Rows rows) {
        List<Long> read = new ArrayList<>();
        rows.forEach(row -> read.add(row.integer("n")));
        return read;
    }

    private static Iterable<Row> sum(Iterable<Row> rows) {
        long sum = 0;
        for (Row row : rows) {
            sum += row.integer("n");
        }
        return List.of(NUMBERS.row(sum));
    }

    @Test
    void everyRowIsCountedByWhatBecameOfIt() {
        Rows rows =
                rows(1, 2, 3, 4, 5, 6)
                        .reject("too large", row -> row.integer("n") > 5)
                        .filter(row -> row.integer("n") % 2 == 0);
        assertThat(read(rows)).containsExactly(2L, 4L);
        assertThat(rows.counts()).isEqualTo(new RowCounts(6, 2, 1, 3, 0));
        assertThat(rows.counts().balance()).isTrue();
    }

    @Test
    void aRejectedRowGoesToTheDeadLetterWithItsPositionAndReason() {
        Rows rows =
                rows(10, 99, 20, 98)
                        .filter(row -> row.integer("n") != 20)
                        .reject("too large", row -> row.integer("n") > 90);
        List<Rejection> rejected = new ArrayList<>();
        rows.onReject(rejected::add);
        assertThat(read(rows)).containsExactly(10L);
        assertThat(rejected)
                .containsExactly(
                        new Rejection(NUMBERS.row(99L), 2, "too large"),
                        new Rejection(NUMBERS.row(98L), 4, "too large"));
    }

    @Test
    void aRepeatedRowIsRejectedAndTheFirstIsKept() {
        Rows rows = rows(1, 2, 1, 1, 3).rejectRepeats();
        assertThat(read(rows)).containsExactly(1L, 2L, 3L);
        assertThat(rows.counts()).isEqualTo(new RowCounts(5, 3, 2, 0, 0));
    }

    @Test
    void aChangedRowCountsAsTheOneItWas() {
        Schema text = Schema.of().text("t");
        Rows rows = rows(1, 2).map(text, row -> text.row("n" + row.integer("n")));
        assertThat(rows.schema()).isEqualTo(text);
        assertThat(rows).extracting(row -> row.text("t")).containsExactly("n1", "n2");
        assertThat(rows.counts()).isEqualTo(new RowCounts(2, 2, 0, 0, 0));
    }

    @Test
    void whatGoesIntoATotalIsAcceptedAndWhatComesOutIsNotCounted() {
        Rows rows =
                rows(1, 2, 3).filter(row -> row.integer("n") > 1).aggregate(NUMBERS, RowsTest::sum);
        assertThat(read(rows)).containsExactly(5L);
        assertThat(rows.counts()).isEqualTo(new RowCounts(3, 2, 0, 1, 0));
    }

    @Test
    void aTotalOfTotalsCountsNothingTwice() {
        Rows rows =
                rows(1, 2, 3).aggregate(NUMBERS, RowsTest::sum).aggregate(NUMBERS, RowsTest::sum);
        assertThat(read(rows)).containsExactly(6L);
        assertThat(rows.counts()).isEqualTo(new RowCounts(3, 3, 0, 0, 0));
    }

    @Test
    void whatMakesTotalsReadsTheRowsOnceAndIsToldSo() {
        Rows rows =
                rows(1, 2)
                        .aggregate(
                                NUMBERS,
                                all -> {
                                    sum(all);
                                    return sum(all);
                                });
        assertThatThrownBy(() -> read(rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("have been read or handed on already");
    }

    @Test
    void totalsCannotBeRejectedOrFiltered() {
        assertThatThrownBy(
                        () ->
                                rows(1).aggregate(NUMBERS, RowsTest::sum)
                                        .reject("too large", row -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before they are aggregated");
    }

    @Test
    void rowsAreReadOnce() {
        Rows rows = rows(1, 2);
        assertThat(read(rows)).hasSize(2);
        assertThatThrownBy(() -> read(rows)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rows.filter(row -> true))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rowsThatWereHandedOnAreSpent() {
        Rows rows = rows(1, 2);
        Rows filtered = rows.filter(row -> true);
        assertThatThrownBy(rows::iterator).isInstanceOf(IllegalStateException.class);
        assertThat(read(filtered)).hasSize(2);
    }

    @Test
    void theSourceIsClosedOnceWhoeverCloses() {
        List<String> closed = new ArrayList<>();
        Rows rows = Rows.from(NUMBERS, numbers(1, 2).iterator(), () -> closed.add("closed"));
        try (Rows filtered = rows.filter(row -> true)) {
            assertThat(filtered.iterator().next().integer("n")).isEqualTo(1);
        }
        rows.close();
        assertThat(closed).containsExactly("closed");
    }

    @Test
    void readingIsLazy() {
        Rows rows = rows(1, 2, 3);
        Rows filtered = rows.filter(row -> true);
        assertThat(filtered.counts().read()).isZero();
        filtered.iterator().next();
        assertThat(filtered.counts().read()).isEqualTo(1);
    }

    @Test
    void countsBalanceWhateverTheRules() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Rows rows = rows(random.longs(random.nextInt(50), 0, 10).toArray());
            for (int step = random.nextInt(5); step > 0; step--) {
                long limit = random.nextInt(10);
                rows =
                        switch (random.nextInt(4)) {
                            case 0 -> rows.reject("too large", row -> row.integer("n") > limit);
                            case 1 -> rows.filter(row -> row.integer("n") != limit);
                            case 2 -> rows.rejectRepeats();
                            default -> rows.map(NUMBERS, row -> row.with("n", limit));
                        };
            }
            int passed = read(rows).size();
            assertThat(rows.counts().balance()).as("seed %s: %s", seed, rows.counts()).isTrue();
            assertThat(rows.counts().accepted()).as("seed %s", seed).isEqualTo(passed);
        }
    }
}
