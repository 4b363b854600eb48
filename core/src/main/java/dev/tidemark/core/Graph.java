package dev.tidemark.core;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A definition with its edges in both directions. Unchangeable. */
public final class Graph {
    private final String version;
    private final PipelineDefinition definition;
    private final Map<String, TaskDefinition> tasks = new LinkedHashMap<>();
    private final Map<String, List<String>> downstreams = new HashMap<>();
    private final Map<String, String> gates = new HashMap<>();
    private final Timetable timetable;

    public Graph(String version, PipelineDefinition definition) {
        this.version = version;
        this.definition = definition;
        this.timetable = Timetable.of(definition.timing());
        for (TaskDefinition task : definition.tasks()) {
            tasks.put(task.name(), task);
            downstreams.put(task.name(), new ArrayList<>());
            task.assets().advances().ifPresent(watermark -> gates.put(watermark, task.name()));
        }
        for (TaskDefinition task : definition.tasks()) {
            for (String upstream : task.edges().upstreams()) {
                Objects.requireNonNull(downstreams.get(upstream)).add(task.name());
            }
        }
    }

    public String version() {
        return version;
    }

    public PipelineDefinition definition() {
        return definition;
    }

    /** The same of which more is known: running these tasks twice is running them once. */
    Graph verified(Set<String> shown) {
        return new Graph(version, UnknownEffects.verified(definition, shown));
    }

    /** The tasks that advance watermarks, by the watermarks' names. */
    Map<String, String> gates() {
        return gates;
    }

    /** How its time is cut. */
    public Timetable timetable() {
        return timetable;
    }

    /** When the run of an interval is to start. */
    public Instant due(Interval interval) {
        return timetable.due(interval).plus(Jitter.of(definition));
    }

    /** The latest interval whose run is to have started. */
    public Optional<Interval> latestDue(Instant now) {
        return timetable.latestDue(now.minus(Jitter.of(definition)));
    }

    /** Names in an order in which each follows all it waits for. */
    public Set<String> names() {
        return tasks.keySet();
    }

    public boolean has(String task) {
        return tasks.containsKey(task);
    }

    public TaskDefinition task(String name) {
        return Objects.requireNonNull(tasks.get(name), name);
    }

    public List<String> upstreams(String task) {
        return task(task).edges().upstreams();
    }

    public List<String> downstreams(String task) {
        return Objects.requireNonNull(downstreams.get(task), task);
    }

    /** The tasks, and all that wait for any of them, however far away. */
    public Set<String> withDownstream(Set<String> from) {
        return reached(from, false);
    }

    /** The tasks, and all that any of them waits for, however far away. */
    public Set<String> withUpstream(Set<String> from) {
        return reached(from, true);
    }

    private Set<String> reached(Set<String> from, boolean upstream) {
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>(from);
        while (!open.isEmpty()) {
            String task = open.removeLast();
            if (reached.add(task)) {
                open.addAll(upstream ? upstreams(task) : downstreams(task));
            }
        }
        return reached;
    }
}
