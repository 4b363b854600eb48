package dev.tidemark.simulation;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the committed history says of one run. */
final class RunRecord {
    final long number;
    final RunIdentity identity;
    final Map<String, List<InstanceRecord>> tasks = new LinkedHashMap<>();
    String version = "";
    PipelineDefinition definition;
    RunState state = RunState.QUEUED;
    int tryNumber;
    long backfill;

    RunRecord(long number, RunIdentity identity, PipelineDefinition definition) {
        this.number = number;
        this.identity = identity;
        this.definition = definition;
    }

    /** Tasks of the same name stay as they are, new ones wait, those that are gone are gone. */
    void open(int newTry, String newVersion, PipelineDefinition newDefinition, long newBackfill) {
        state = RunState.QUEUED;
        tryNumber = newTry;
        version = newVersion;
        definition = newDefinition;
        backfill = newBackfill;
        Map<String, List<InstanceRecord>> before = new LinkedHashMap<>(tasks);
        tasks.clear();
        for (TaskDefinition task : definition.tasks()) {
            tasks.put(task.name(), before.getOrDefault(task.name(), unexpanded(task.name())));
        }
    }

    private List<InstanceRecord> unexpanded(String task) {
        return new ArrayList<>(
                List.of(new InstanceRecord(new TaskKey(number, task, TaskKey.NONE))));
    }

    void expand(String task, int elements) {
        List<InstanceRecord> instances = new ArrayList<>();
        for (int element = 0; element < elements; element++) {
            instances.add(new InstanceRecord(new TaskKey(number, task, element)));
        }
        tasks.put(task, instances);
    }

    void clear(TaskKey key) {
        if (key.element() != TaskKey.NONE) {
            instance(key).orElseThrow().clear();
        } else if (isExpanded(key.task())) {
            tasks.put(key.task(), unexpanded(key.task()));
        } else {
            of(key.task()).getFirst().clear();
        }
    }

    List<InstanceRecord> of(String task) {
        return Objects.requireNonNull(tasks.get(task), task);
    }

    boolean isExpanded(String task) {
        return of(task).getFirst().key.element() != TaskKey.NONE;
    }

    Optional<InstanceRecord> instance(TaskKey key) {
        return tasks.getOrDefault(key.task(), List.of()).stream()
                .filter(instance -> instance.key.equals(key))
                .findFirst();
    }

    List<InstanceRecord> instances() {
        List<InstanceRecord> all = new ArrayList<>();
        tasks.values().forEach(all::addAll);
        return all;
    }

    TaskDefinition task(String name) {
        for (TaskDefinition task : definition.tasks()) {
            if (task.name().equals(name)) {
                return task;
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** How all instances stand that a task waits for. */
    List<TaskState> upstreams(String name) {
        List<TaskState> states = new ArrayList<>();
        for (String upstream : task(name).edges().upstreams()) {
            of(upstream).forEach(instance -> states.add(instance.state));
        }
        return states;
    }

    @Override
    public String toString() {
        return "run " + number + " of " + identity.pipeline() + " at " + version + " is " + state;
    }
}
