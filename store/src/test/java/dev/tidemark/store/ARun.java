package dev.tidemark.store;

import static dev.tidemark.store.Samples.element;
import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.key;
import static dev.tidemark.store.Samples.pipeline;
import static dev.tidemark.store.Samples.result;
import static dev.tidemark.store.Samples.task;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;

/** A run to begin with, and ways to look at it. */
interface ARun extends StoreUnderTest {
    PipelineDefinition FLIGHTS =
            pipeline(
                    "flights",
                    task("list"),
                    task("train", element("list")),
                    task("after", result("list")));

    /** Run 1 of {@link #FLIGHTS}, running; no task has moved. */
    default void givenARun() {
        commit(
                new Change.PipelineRegistered("v1", FLIGHTS),
                new Change.RunCreated(1, identity("flights", 0), "v1", 0),
                new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));
    }

    default TaskView view(TaskKey key) {
        return store().tasks(key.run()).stream()
                .filter(view -> view.task().equals(key))
                .findFirst()
                .orElseThrow();
    }

    default AttemptView lastAttempt(TaskKey key) {
        return store().attempts(key.run(), key.task()).getLast();
    }
}
