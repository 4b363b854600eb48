package dev.tidemark.store;

import static dev.tidemark.store.Samples.day;
import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.pipeline;
import static dev.tidemark.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs are found by what they cover, by name, by number, and by what is asked of them. */
interface LookupContract extends StoreUnderTest {
    int MANY_INTERVALS = 10_000;

    /** Runs 1 to 3 of flights and run 4 of hotels, over days 0, 1, 2 and 0. */
    private void givenRunsOfTwoPipelines() {
        commit(
                new Change.PipelineRegistered("v1", pipeline("flights", task("only"))),
                new Change.PipelineRegistered("v1", pipeline("hotels", task("only"))),
                new Change.RunCreated(1, identity("flights", 0), "v1", 0),
                new Change.RunCreated(2, identity("flights", 1), "v1", 7),
                new Change.RunCreated(3, identity("flights", 2), "v1", 7),
                new Change.RunCreated(4, identity("hotels", 0), "v1", 0),
                new Change.RunMoved(2, RunState.QUEUED, RunState.RUNNING),
                new Change.RunMoved(4, RunState.QUEUED, RunState.RUNNING));
    }

    private List<Long> numbers(RunFilter filter) {
        return store().runs(filter).stream().map(RunView::number).toList();
    }

    @Test
    default void runsAreShownNewestFirstAndFiltered() {
        givenRunsOfTwoPipelines();

        assertThat(numbers(RunFilter.ALL)).containsExactly(4L, 3L, 2L, 1L);
        assertThat(numbers(RunFilter.ALL.limit(2))).containsExactly(4L, 3L);
        assertThat(numbers(RunFilter.ALL.limit(2).before(3))).containsExactly(2L, 1L);
        assertThat(numbers(RunFilter.ALL.pipeline("flights"))).containsExactly(3L, 2L, 1L);
        assertThat(numbers(RunFilter.ALL.state(RunState.RUNNING))).containsExactly(4L, 2L);
        assertThat(numbers(RunFilter.ALL.backfill(7))).containsExactly(3L, 2L);
        assertThat(numbers(RunFilter.ALL.pipeline("flights").state(RunState.QUEUED).limit(1)))
                .containsExactly(3L);
        assertThat(numbers(RunFilter.ALL.pipeline("nobody"))).isEmpty();
    }

    @Test
    default void aRunIsFoundByNumberOrName() {
        givenRunsOfTwoPipelines();
        String first = identity("flights", 0).name();
        String second = identity("flights", 1).name();

        assertThat(store().run(Optional.empty(), "2").orElseThrow().number()).isEqualTo(2);
        assertThat(store().run(Optional.of("flights"), "2")).isPresent();
        assertThat(store().run(Optional.of("hotels"), "2")).isEmpty();
        assertThat(store().run(Optional.empty(), second).orElseThrow().number()).isEqualTo(2);
        assertThat(store().run(Optional.of("hotels"), first).orElseThrow().number()).isEqualTo(4);
        assertThat(store().run(Optional.empty(), "nobody")).isEmpty();
        assertThat(store().run(Optional.empty(), "9".repeat(30))).isEmpty();
    }

    @Test
    default void aNameThatSeveralPipelinesHaveIsAmbiguous() {
        givenRunsOfTwoPipelines();
        String name = identity("flights", 0).name();

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> store().run(Optional.empty(), name))
                .withMessageContaining("flights, hotels")
                .withMessageContaining("[1, 4]")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    default void aRunIsFoundByWhatItCovers() {
        givenRunsOfTwoPipelines();
        Interval shorter = new Interval(day(1).start(), day(1).end().minusNanos(1));

        assertThat(store().findRun("flights", Map.of(), day(1)))
                .contains(
                        new BackfillPlan.Existing(
                                2, identity("flights", 1).name(), RunState.RUNNING, 7));
        assertThat(store().findRun("flights", Map.of("a", "b"), day(1))).isEmpty();
        assertThat(store().findRun("flights", Map.of(), shorter)).isEmpty();
        assertThat(store().findRuns("flights", Map.of(), List.of(day(0), day(2), day(3))))
                .containsOnlyKeys(day(0), day(2));
        assertThat(store().findRuns("flights", Map.of(), List.of())).isEmpty();
    }

    @Test
    default void runsWithOtherParametersOrFractionsOfASecondAreOtherRuns() {
        Interval whole = day(0);
        Interval later = new Interval(whole.start().plusNanos(1), whole.end());
        commit(
                new Change.PipelineRegistered("v1", pipeline("flights", task("only"))),
                new Change.RunCreated(1, run("a", whole, Map.of()), "v1", 0),
                new Change.RunCreated(2, run("b", later, Map.of()), "v1", 0),
                new Change.RunCreated(3, run("c", whole, Map.of("x", "1", "y", "2")), "v1", 0),
                new Change.RunCreated(4, run("d", whole, Map.of("x", "1\",\"y\":\"2")), "v1", 0),
                new Change.RunCreated(5, run("e", whole, Map.of("x", "1, y=2")), "v1", 0));

        assertThat(store().findRuns("flights", Map.of(), List.of(whole, later)))
                .containsOnlyKeys(whole, later);
        assertThat(store().findRun("flights", Map.of("y", "2", "x", "1"), whole))
                .map(BackfillPlan.Existing::run)
                .contains(3L);
    }

    private static RunIdentity run(String name, Interval interval, Map<String, String> parameters) {
        return new RunIdentity("flights", name, interval, parameters);
    }

    @Test
    default void allOfManyIntervalsAreFoundAtOnce() {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.PipelineRegistered("v1", pipeline("flights", task("only"))));
        for (int day = 0; day < MANY_INTERVALS; day++) {
            changes.add(new Change.RunCreated(day + 1L, identity("flights", day), "v1", 0));
        }
        Samples.commit(store(), changes, Samples.NOON);
        List<Interval> wanted = IntStream.range(0, MANY_INTERVALS).mapToObj(Samples::day).toList();

        Map<Interval, BackfillPlan.Existing> found = store().findRuns("flights", Map.of(), wanted);

        assertThat(found).hasSize(MANY_INTERVALS);
        assertThat(found.entrySet())
                .allMatch(run -> run.getValue().name().endsWith(run.getKey().start().toString()));
    }
}
