package dev.tidemark.core;

import dev.tidemark.TaskDefinition;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A run: an interval of a pipeline, and how far its tasks are. Changed only by folding a {@link
 * Change}; owned by the thread that owns the {@link State}.
 */
public final class Run {
    private final long number;
    private final RunIdentity identity;
    private final Map<String, TaskNode> nodes = new LinkedHashMap<>();

    /** Of all instances, and of those upstream of each task: counted as they change. */
    private Counts all = new Counts();

    private Map<String, Counts> upstreams = Map.of();

    private Graph graph;
    private RunState state = RunState.QUEUED;
    private int tryNumber = 1;
    private long backfill;
    private Instant since = Instant.EPOCH;
    private boolean begun;
    private boolean overdue;

    Run(long number, RunIdentity identity, Graph graph, long backfill) {
        this.number = number;
        this.identity = identity;
        this.graph = graph;
        this.backfill = backfill;
        prepareCounts();
        graph.names().forEach(task -> nodes.put(task, new TaskNode(number, task, this::counted)));
    }

    private void prepareCounts() {
        all = new Counts();
        upstreams = new HashMap<>();
        graph.names().forEach(task -> upstreams.put(task, new Counts()));
    }

    private void counted(String task, TaskState state, int instances) {
        if (instances == 0) {
            return;
        }
        all.add(state, instances);
        for (String downstream : graph.downstreams(task)) {
            Objects.requireNonNull(upstreams.get(downstream)).add(state, instances);
        }
    }

    public long number() {
        return number;
    }

    public RunIdentity identity() {
        return identity;
    }

    public Graph graph() {
        return graph;
    }

    public RunState state() {
        return state;
    }

    /** Which try this is, from 1. */
    public int tryNumber() {
        return tryNumber;
    }

    /** The backfill that its current try belongs to, 0 for none. */
    public long backfill() {
        return backfill;
    }

    public Collection<TaskNode> nodes() {
        return nodes.values();
    }

    /** All instances of all tasks. A copy of what there is: decisions do not change it. */
    public List<TaskInstance> instances() {
        return nodes.values().stream().flatMap(node -> node.instances().stream()).toList();
    }

    public TaskNode node(String task) {
        return Objects.requireNonNull(nodes.get(task), task);
    }

    /** Whether there is such an instance; a late report may name one that is gone. */
    public boolean has(TaskKey key) {
        TaskNode node = nodes.get(key.task());
        if (node == null) {
            return false;
        }
        return node.isExpanded()
                ? key.element() >= 0 && key.element() < node.instances().size()
                : key.element() == TaskKey.NONE;
    }

    public TaskInstance instance(TaskKey key) {
        return node(key.task()).instance(key.element());
    }

    TaskDefinition definition(TaskKey key) {
        return graph.task(key.task());
    }

    /** What an attempt of a task needs besides a slot. */
    Demand demand(String task) {
        return Demand.of(this, graph.task(task));
    }

    /** The value of a parameter that its pipeline has: what it was given, or the default. */
    String parameter(String name) {
        String given = identity.parameters().get(name);
        return given != null
                ? given
                : graph.definition().parameters().stream()
                        .filter(parameter -> parameter.name().equals(name))
                        .flatMap(parameter -> parameter.defaultText().stream())
                        .findFirst()
                        .orElse("");
    }

    /** How all upstreams of a task stand together. */
    Tally upstreams(String task) {
        return Objects.requireNonNull(upstreams.get(task), task).tally();
    }

    boolean isDone() {
        return all.open() == 0;
    }

    /** Since when its current try has been running. */
    public Instant since() {
        return since;
    }

    /** Whether an alert says that its current try takes too long. */
    boolean isOverdue() {
        return overdue;
    }

    void overdue() {
        overdue = true;
    }

    void move(RunState from, RunState to, Instant at) {
        move(from, to);
        if (to == RunState.RUNNING && !begun) {
            since = at;
            begun = true;
        }
    }

    private void move(RunState from, RunState to) {
        if (state != from || !RunTransitions.isLegal(from, to)) {
            throw new IllegalStateException(
                    "run " + number + " is " + state + " and cannot go from " + from + " to " + to);
        }
        state = to;
    }

    /**
     * Tasks of the same name stay as they are, new ones wait, those that are gone are forgotten.
     */
    void reopen(int newTry, Graph newGraph, long newBackfill) {
        if (state != RunState.QUEUED) {
            move(state, RunState.QUEUED);
        }
        if (newTry != tryNumber) {
            begun = false;
            overdue = false;
        }
        tryNumber = newTry;
        graph = newGraph;
        backfill = newBackfill;
        Map<String, TaskNode> kept = Map.copyOf(nodes);
        nodes.clear();
        prepareCounts();
        for (String task : newGraph.names()) {
            TaskNode old = kept.get(task);
            nodes.put(task, old == null ? new TaskNode(number, task, this::counted) : old);
            if (old != null) {
                for (TaskState each : TaskState.values()) {
                    counted(task, each, old.count(each));
                }
            }
        }
    }
}
