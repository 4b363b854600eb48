package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Run;
import dev.tidemark.core.TaskState;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folding the history gives what is so, and what is shown is what is so; whatever happened. */
interface ReplayContract extends StoreUnderTest {
    int SEEDS = 12;
    int TURNS = 60;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    default void theHistoryTellsWhatIsSoAfterEveryTurn(long seed) {
        RandomEngine engine = new RandomEngine(store(), seed);
        for (int turn = 0; turn < TURNS; turn++) {
            engine.turn();
            for (Run run : engine.state().runs()) {
                Replay.assertShown(store(), run);
            }
            Replay.assertFoundByANewOwner(store(), RandomEngine.PIPELINE, engine.state());
        }
        for (Run run : engine.state().runs()) {
            Replay.assertSame(Replay.replayed(store(), run.number()), run);
        }
        assertEveryTaskThatRunsHasItsAttempt();
        assertNothingIsMissing(store(), engine.poolChanges());

        Everything before = Everything.in(store());
        Store again = reopened();
        assertThat(Everything.in(again)).isEqualTo(before);
        Replay.assertHistoriesTellWhatIsShown(again);
    }

    /** What no history of a run or backfill shows registers a version, or is about a pool. */
    private static void assertNothingIsMissing(StoreReader store, int poolChanges) {
        List<Long> places = Everything.in(store).history().stream().map(Recorded::seq).toList();
        long registered =
                LongStream.rangeClosed(1, TURNS + 1)
                        .filter(version -> store.definition("flow", "v" + version).isPresent())
                        .count();
        long last = places.stream().mapToLong(Long::longValue).max().orElse(0);
        assertThat(places).doesNotHaveDuplicates();
        assertThat(last - places.size()).isBetween(1L + poolChanges, registered + poolChanges);
    }

    private void assertEveryTaskThatRunsHasItsAttempt() {
        for (RunView run : store().runs(RunFilter.ALL)) {
            for (TaskView task : store().tasks(run.number())) {
                long running =
                        store().attempts(run.number(), task.task().task()).stream()
                                .filter(attempt -> Replay.isRunning(attempt, task.task()))
                                .count();
                assertThat(running).isEqualTo(task.state() == TaskState.RUNNING ? 1 : 0);
            }
        }
    }
}
