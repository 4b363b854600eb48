package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the seeds of {@link ReplayContract} are worth. */
class RandomEngineTest {
    private static final List<Change> CHANGES = new ArrayList<>();

    @BeforeAll
    static void playAllSeeds() {
        ReplayContract.seeds()
                .forEach(
                        seed -> {
                            Store store = new MemoryStore("memory");
                            RandomEngine engine = new RandomEngine(store, seed);
                            for (int turn = 0; turn < ReplayContract.TURNS; turn++) {
                                engine.turn();
                            }
                            Everything.in(store)
                                    .history()
                                    .forEach(recorded -> CHANGES.add(recorded.change()));
                        });
    }

    @Test
    void everyKindOfChangeHappens() {
        Set<Class<?>> kinds = new HashSet<>(Arrays.asList(Change.class.getPermittedSubclasses()));
        kinds.remove(Change.PipelineRegistered.class); // It is in no run's history.
        kinds.remove(Change.TasksVerified.class);
        kinds.remove(Change.CommandAnswered.class); // Nor are these.
        kinds.remove(Change.PoolSet.class);
        kinds.remove(Change.PoolRemoved.class);
        kinds.removeAll(
                Set.of(
                        Change.OfSchedule.class,
                        Change.OfWatermark.class,
                        Change.AlertRaised.class));

        assertThat(CHANGES.stream().map(Object::getClass).distinct()).containsAll(kinds);
    }

    @Test
    void tasksEndInEveryState() {
        Set<TaskState> states = EnumSet.noneOf(TaskState.class);
        for (Change change : CHANGES) {
            if (change instanceof Change.AttemptEnded ended) {
                states.add(ended.to());
            }
            if (change instanceof Change.TaskMoved moved) {
                states.add(moved.to());
            }
        }

        assertThat(states)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(TaskState.WAITING, TaskState.RUNNING)));
    }

    @Test
    void elementsAndWholeListsAreClearedAndRunsReopenedForTheirNextTry() {
        assertThat(CHANGES)
                .anyMatch(
                        change ->
                                change instanceof Change.TaskCleared it
                                        && it.task().element() != TaskKey.NONE)
                .anyMatch(
                        change ->
                                change instanceof Change.TaskCleared it
                                        && it.task().element() == TaskKey.NONE)
                .anyMatch(change -> change instanceof Change.RunReopened it && it.tryNumber() > 1);
    }
}
