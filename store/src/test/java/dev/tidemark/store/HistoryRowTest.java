package dev.tidemark.store;

import static dev.tidemark.store.Samples.NOON;
import static dev.tidemark.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryRowTest {
    private static final long BEFORE = 41;

    private static Change started(long run, String task, long token) {
        return new Change.AttemptStarted(key(run, task), 1, token);
    }

    private static Change moved(long run) {
        return new Change.RunMoved(run, RunState.RUNNING, RunState.SUCCEEDED);
    }

    private static List<Recorded> read(List<HistoryRow> rows) {
        List<Recorded> read = new ArrayList<>();
        rows.forEach(row -> HistoryRow.read(row.seq(), NOON, row.kind(), row.payload(), read::add));
        return read;
    }

    private static List<Change> changes(List<HistoryRow> rows) {
        return read(rows).stream().map(Recorded::change).toList();
    }

    @Test
    void whatATurnDoesToTheTasksOfARunIsOneRow() {
        List<Change> turn =
                IntStream.range(0, 500).mapToObj(i -> started(7, "t" + i, i + 1)).toList();

        List<HistoryRow> rows = HistoryRow.of(BEFORE, turn, NOON);

        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().run()).isEqualTo(7);
        assertThat(rows.getFirst().seq()).isEqualTo(BEFORE + 500);
        assertThat(changes(rows)).isEqualTo(turn);
    }

    @Test
    void tasksOfSeveralRunsAreARowForEachHoweverTheyAlternate() {
        List<HistoryRow> rows =
                HistoryRow.of(
                        BEFORE,
                        List.of(started(1, "a", 1), started(2, "a", 2), started(1, "b", 3)),
                        NOON);

        assertThat(rows).extracting(HistoryRow::run).containsExactly(1L, 2L);
        assertThat(changes(rows))
                .containsExactly(started(1, "a", 1), started(1, "b", 3), started(2, "a", 2));
    }

    @Test
    void whatHappensToARunPartsWhatHappensToItsTasksBeforeAndAfter() {
        List<Change> turn = List.of(started(1, "a", 1), moved(1), started(1, "b", 2));

        assertThat(changes(HistoryRow.of(BEFORE, turn, NOON))).isEqualTo(turn);
    }

    @Test
    void whatHappensToAnotherRunDoesNotPart() {
        List<HistoryRow> rows =
                HistoryRow.of(
                        BEFORE, List.of(started(1, "a", 1), moved(2), started(1, "b", 2)), NOON);

        assertThat(changes(rows)).containsExactly(started(1, "a", 1), started(1, "b", 2), moved(2));
    }

    @Test
    void numbersHaveNoGapsAndEndWithTheNumberOfChanges() {
        List<Change> turn =
                List.of(started(1, "a", 1), moved(2), started(3, "a", 2), started(1, "b", 3));

        assertThat(read(HistoryRow.of(BEFORE, turn, NOON)).stream().map(Recorded::seq))
                .isEqualTo(LongStream.rangeClosed(BEFORE + 1, BEFORE + 4).boxed().toList());
    }

    @Test
    void aRowThatGetsLongIsFollowedByAnother() {
        List<Change> turn =
                IntStream.range(0, 20)
                        .mapToObj(
                                i ->
                                        new Change.AttemptEnded(
                                                key(1, "t" + i),
                                                i,
                                                TaskState.SUCCEEDED,
                                                Samples.succeededWith("x".repeat(60_000)),
                                                NOON))
                        .map(Change.class::cast)
                        .toList();

        List<HistoryRow> rows = HistoryRow.of(BEFORE, turn, NOON);

        assertThat(rows).hasSizeBetween(3, 6);
        assertThat(rows).allSatisfy(row -> assertThat(row.payload()).hasSizeLessThan(400_000));
        assertThat(changes(rows)).isEqualTo(turn);
    }

    @Test
    void rowsOfEarlierVersionsHoldOneChangeToATask() {
        List<HistoryRow> old =
                List.of(
                        new HistoryRow(
                                5,
                                1,
                                0,
                                "attempt_started",
                                "{\"run\":1,\"task\":\"a\",\"number\":1,\"token\":9}"));

        assertThat(read(old)).containsExactly(new Recorded(5, NOON, started(1, "a", 9)));
    }
}
