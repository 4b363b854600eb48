package dev.tidemark.core;

import dev.tidemark.ErrorClass;
import dev.tidemark.PipelineDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of one interval, told by the names of its tasks. */
final class Story {
    private final Turns turns;
    private final long run;

    private Story(Turns turns, long run) {
        this.turns = turns;
        this.run = run;
    }

    /** Starts a run of a pipeline of these tasks, with slots for all of them. */
    static Story of(Declared... tasks) {
        return of(Turns.of(tasks));
    }

    static Story withSlots(int slots, Declared... tasks) {
        return of(Turns.withSlots(slots).load("v1", Declared.flow(tasks)));
    }

    /** Starts a run of the next interval of the pipeline that is loaded. */
    static Story of(Turns turns) {
        long run = turns.state().nextRun();
        turns.decide(
                Backfills.request(Backfills.create(turns.changes(Change.RunCreated.class).size())));
        return new Story(turns, run);
    }

    Turns turns() {
        return turns;
    }

    long number() {
        return run;
    }

    Run run() {
        return turns.run(run);
    }

    RunState state() {
        return run().state();
    }

    /** The state of a task, or of an instance such as {@code train[3]}. */
    TaskState state(String label) {
        return instance(label).state();
    }

    /** All instances, by label. */
    Map<String, TaskState> states() {
        Map<String, TaskState> states = new LinkedHashMap<>();
        run().nodes()
                .forEach(
                        node ->
                                node.instances()
                                        .forEach(
                                                one -> states.put(one.key().label(), one.state())));
        return states;
    }

    TaskInstance instance(String label) {
        return run().nodes().stream()
                .flatMap(node -> node.instances().stream())
                .filter(instance -> instance.key().label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " in " + states()));
    }

    TaskKey key(String label) {
        return instance(label).key();
    }

    /** The attempt that runs now ends like this. */
    Story report(String label, Outcome outcome) {
        turns.report(key(label), outcome);
        return this;
    }

    /** An attempt ends like this, whether it still counts or not. */
    Story report(TaskKey key, long token, Outcome outcome) {
        turns.decide(new Event.AttemptReported(key, token, outcome));
        return this;
    }

    Story succeed(String... labels) {
        for (String label : labels) {
            report(label, Outcomes.SUCCESS);
        }
        return this;
    }

    /** Ends with a list of this many elements. */
    Story list(String label, int elements) {
        return report(label, Outcomes.list(elements));
    }

    Story skip(String label) {
        return report(label, Outcomes.SKIP);
    }

    Story fail(String label) {
        return report(label, Outcomes.FAILURE);
    }

    Story fail(String label, ErrorClass errorClass) {
        return report(label, Outcomes.failure(errorClass));
    }

    Story advance(Duration time) {
        turns.advance(time);
        return this;
    }

    Story cancel() {
        turns.decide(new Event.CancelRequested(run, "not needed"));
        return this;
    }

    /** Clears tasks or instances by label. */
    Story clear(String... labels) {
        return clear(java.util.Arrays.stream(labels).map(this::key).toList());
    }

    Story clear(List<TaskKey> keys) {
        turns.decide(new Event.ClearRequested(run, keys));
        return this;
    }

    /** Somebody asks for this interval again. */
    Story again(BackfillPlan.Action action) {
        turns.decide(Backfills.request(Backfills.item(run().identity(), run, action)));
        return this;
    }

    /** The process ends; another one, with this version of the pipeline, takes the run up. */
    Story interruptedAndTakenUp(String version, PipelineDefinition definition) {
        long backfill = run().backfill();
        turns.restart().load(version, definition);
        BackfillPlan plan =
                Backfills.plan(Backfills.item(run().identity(), run, BackfillPlan.Action.CONTINUE));
        turns.decide(new Event.BackfillRequested(plan, backfill));
        return this;
    }

    Story interruptedAndTakenUp() {
        Graph graph = run().graph();
        return interruptedAndTakenUp(graph.version(), graph.definition());
    }
}
