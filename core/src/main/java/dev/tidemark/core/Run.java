package dev.tidemark.core;

import dev.tidemark.TaskDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A run: an interval of a pipeline, and how far its tasks are. Changed only by folding a {@link
 * Change}; owned by the thread that owns the {@link State}.
 */
public final class Run {
    private final long number;
    private final RunIdentity identity;
    private final Map<String, TaskNode> nodes = new LinkedHashMap<>();
    private Graph graph;
    private RunState state = RunState.QUEUED;
    private int tryNumber = 1;
    private long backfill;

    Run(long number, RunIdentity identity, Graph graph, long backfill) {
        this.number = number;
        this.identity = identity;
        this.graph = graph;
        this.backfill = backfill;
        graph.names().forEach(task -> nodes.put(task, new TaskNode(number, task)));
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

    /** How all upstreams of a task stand together. */
    Tally upstreams(String task) {
        Tally all = Tally.NONE;
        for (String upstream : graph.upstreams(task)) {
            all = all.plus(node(upstream).tally());
        }
        return all;
    }

    boolean isDone() {
        return nodes.values().stream().allMatch(TaskNode::isDone);
    }

    void move(RunState from, RunState to) {
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
        tryNumber = newTry;
        graph = newGraph;
        backfill = newBackfill;
        Map<String, TaskNode> kept = Map.copyOf(nodes);
        nodes.clear();
        for (String task : newGraph.names()) {
            TaskNode old = kept.get(task);
            nodes.put(task, old == null ? new TaskNode(number, task) : old);
        }
    }

    /** Names of tasks that did not go well. */
    Set<String> wrong() {
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().wentWrong())
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toSet());
    }
}
