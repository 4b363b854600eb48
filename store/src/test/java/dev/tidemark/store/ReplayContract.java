package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Run;
import dev.tidemark.core.TaskState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        }
        for (Run run : engine.state().runs()) {
            Replay.assertSame(Replay.replayed(store(), run.number()), run);
        }
        assertEveryTaskThatRunsHasItsAttempt();

        Everything before = Everything.in(store());
        Store again = reopened();
        assertThat(Everything.in(again)).isEqualTo(before);
        Replay.assertHistoriesTellWhatIsShown(again);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    default void thePlacesInTheHistoryAreComplete(long seed) {
        RandomEngine engine = new RandomEngine(store(), seed);
        for (int turn = 0; turn < TURNS; turn++) {
            engine.turn();
        }

        List<Recorded> history = Everything.in(store()).history();
        Set<Long> places = new HashSet<>(history.stream().map(Recorded::seq).toList());
        assertThat(places).hasSameSizeAs(history);
        long last = places.stream().mapToLong(seq -> seq).max().orElse(0);
        long registered =
                LongStream.rangeClosed(1, TURNS + 1)
                        .filter(version -> isRegistered("v" + version))
                        .count();
        assertThat(places.size() + registered).isGreaterThanOrEqualTo(last);
    }

    private boolean isRegistered(String version) {
        return store().definition("flow", version).isPresent();
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
