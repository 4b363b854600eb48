package dev.tidemark.core;

import dev.tidemark.PipelineDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The versions of pipelines that are known, and those whose code is at hand. Belongs to the thread
 * that owns the {@link State}.
 */
final class Versions {
    private final Map<String, Map<String, Graph>> graphs = new HashMap<>();
    private final Map<String, Graph> loaded = new HashMap<>();
    private final Set<Graph> atHand = new HashSet<>();

    void recall(String version, PipelineDefinition definition) {
        graphs.computeIfAbsent(definition.name(), name -> new HashMap<>())
                .computeIfAbsent(version, key -> new Graph(key, definition));
    }

    boolean isKnown(String pipeline, String version) {
        return graphs.getOrDefault(pipeline, Map.of()).containsKey(version);
    }

    void load(String pipeline, String version) {
        Graph graph = graph(pipeline, version);
        loaded.put(pipeline, graph);
        atHand.add(graph);
    }

    void unload(String pipeline) {
        loaded.remove(pipeline);
    }

    Optional<Graph> loaded(String pipeline) {
        return Optional.ofNullable(loaded.get(pipeline));
    }

    boolean isLoaded(String pipeline, String version) {
        return loaded(pipeline).filter(graph -> graph.version().equals(version)).isPresent();
    }

    boolean isAtHand(Graph graph) {
        return atHand.contains(graph);
    }

    void verified(Change.TasksVerified it) {
        // Whoever brings a version in later hears of it from the store.
        if (isKnown(it.pipeline(), it.version())) {
            Graph seen = graph(it.pipeline(), it.version()).verified(it.tasks());
            Objects.requireNonNull(graphs.get(it.pipeline())).put(it.version(), seen);
            if (isLoaded(it.pipeline(), it.version())) {
                load(it.pipeline(), it.version());
            }
        }
    }

    Graph graph(String pipeline, String version) {
        return Objects.requireNonNull(
                graphs.getOrDefault(pipeline, Map.of()).get(version),
                () -> "version " + version + " of pipeline " + pipeline + " is not known");
    }
}
