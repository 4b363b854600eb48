package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Change;
import dev.tidemark.core.Run;
import dev.tidemark.core.RunState;
import dev.tidemark.core.State;
import dev.tidemark.core.TaskInstance;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskNode;
import java.util.List;
import java.util.Optional;

/** Makes runs from their histories, and compares them with those in memory and with the views. */
final class Replay {
    private static final int SLOTS = 1;

    private Replay() {}

    /** Folds the history of a run, as an engine does that begins. */
    static void into(State state, StoreReader store, long run) {
        String pipeline = store.run(run).orElseThrow().pipeline();
        for (Recorded recorded : store.history(run)) {
            version(recorded.change())
                    .ifPresent(
                            version ->
                                    state.recall(
                                            version,
                                            store.definition(pipeline, version).orElseThrow()));
            state.fold(recorded.change(), recorded.at());
        }
    }

    /** Folds what is left of the backfills of a pipeline, as a new owner of the store does. */
    static List<Long> unfinishedInto(State state, StoreReader store, String pipeline) {
        List<Long> backfills =
                store.unfinishedBackfills(pipeline).stream().map(BackfillView::number).toList();
        store.replay(
                backfills,
                recorded -> {
                    version(recorded.change())
                            .ifPresent(
                                    version ->
                                            state.recall(
                                                    version,
                                                    store.definition(pipeline, version)
                                                            .orElseThrow()));
                    state.fold(recorded.change(), recorded.at());
                });
        for (Run run : List.copyOf(state.runs())) {
            if (run.state() != RunState.RUNNING || !backfills.contains(run.backfill())) {
                state.forget(run.number());
            }
        }
        return backfills;
    }

    /** A new owner finds every backfill, and every run that is under way in one, as they are. */
    static void assertFoundByANewOwner(StoreReader store, String pipeline, State current) {
        State fresh = new State(SLOTS, store.lastNumbers());
        for (long backfill : unfinishedInto(fresh, store, pipeline)) {
            assertThat(fresh.backfill(backfill))
                    .usingRecursiveComparison()
                    .isEqualTo(current.backfill(backfill));
        }
        for (Run run : fresh.runs()) {
            assertSame(run, current.run(run.number()).orElseThrow());
        }
    }

    private static Optional<String> version(Change change) {
        return switch (change) {
            case Change.RunCreated it -> Optional.of(it.version());
            case Change.RunReopened it -> Optional.of(it.version());
            default -> Optional.empty();
        };
    }

    /** What is shown of every run is what its history says. */
    static void assertHistoriesTellWhatIsShown(StoreReader store) {
        for (RunView view : store.runs(RunFilter.ALL.limit(RunFilter.MAX_LIMIT_RUNS))) {
            assertShown(store, replayed(store, view.number()));
        }
    }

    static Run replayed(StoreReader store, long run) {
        State fresh = new State(SLOTS, State.Numbers.NONE);
        into(fresh, store, run);
        return fresh.run(run).orElseThrow();
    }

    /** What is shown of a run is what it is. */
    static void assertShown(StoreReader store, Run run) {
        RunView view = store.run(run.number()).orElseThrow();
        assertThat(view.identity()).isEqualTo(run.identity());
        assertThat(view.version()).isEqualTo(run.graph().version());
        assertThat(view.status())
                .isEqualTo(new RunView.Status(run.state(), run.tryNumber(), run.backfill()));
        assertThat(view.times().ended().isPresent()).isEqualTo(run.state().isFinal());

        List<TaskView> tasks = store.tasks(run.number());
        List<TaskInstance> instances = instances(run);
        assertThat(tasks)
                .extracting(TaskView::task)
                .containsExactlyElementsOf(instances.stream().map(TaskInstance::key).toList());
        for (int i = 0; i < tasks.size(); i++) {
            assertShown(tasks.get(i), instances.get(i));
        }
    }

    private static void assertShown(TaskView view, TaskInstance instance) {
        assertThat(view.state()).as("%s", view).isEqualTo(instance.state());
        assertThat(view.tally())
                .as("%s", view)
                .isEqualTo(new TaskView.Tally(instance.attempts(), instance.losses()));
        assertThat(view.tally().started()).isEqualTo(instance.started());
        assertThat(view.latest().token()).isEqualTo(instance.token());
        if (instance.token() > 0) {
            assertThat(view.latest().started()).contains(instance.since());
        }
        view.latest().due().ifPresent(due -> assertThat(due).isEqualTo(instance.due()));
    }

    /** Two runs are the same, in all that can be seen of them. */
    static void assertSame(Run one, Run other) {
        assertThat(one.state()).isEqualTo(other.state());
        assertThat(one.tryNumber()).isEqualTo(other.tryNumber());
        assertThat(one.backfill()).isEqualTo(other.backfill());
        assertThat(one.identity()).isEqualTo(other.identity());
        assertThat(one.graph().version()).isEqualTo(other.graph().version());
        assertThat(one.graph().definition()).isEqualTo(other.graph().definition());
        assertThat(one.nodes().stream().map(TaskNode::isExpanded))
                .containsExactlyElementsOf(
                        other.nodes().stream().map(TaskNode::isExpanded).toList());
        assertThat(instances(one))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(instances(other));
    }

    private static List<TaskInstance> instances(Run run) {
        return run.nodes().stream().flatMap(node -> node.instances().stream()).toList();
    }

    /** Whether some attempt of a task runs, by its key. */
    static boolean isRunning(AttemptView attempt, TaskKey task) {
        return attempt.task().equals(task) && attempt.status().state() == AttemptState.RUNNING;
    }
}
