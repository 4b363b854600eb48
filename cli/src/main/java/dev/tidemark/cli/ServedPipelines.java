package dev.tidemark.cli;

import dev.tidemark.TidemarkException;
import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.cli.load.PipelineFolder;
import dev.tidemark.cli.load.PipelineLoader;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The pipelines of a folder that a server runs, as its files say them. A file that can no longer be
 * loaded leaves its pipelines as they were, and everybody else's too.
 */
final class ServedPipelines {
    private final Path path;
    private final PipelineFolder folder;
    private final Consumer<String> say;

    /** By name, the pipelines that are served. */
    private final Map<String, Served> served = new TreeMap<>();

    /** By file, what was said last of what is wrong with it. */
    private final Map<Path, String> complaints = new HashMap<>();

    private record Served(Path file, String version) {}

    ServedPipelines(Path path, Workplace workplace, Consumer<String> say) {
        this.path = path;
        this.folder =
                new PipelineFolder(
                        new PipelineLoader(workplace.clock()), workplace.home().compiled());
        this.say = say;
    }

    /** Loads what is there, and returns what is new or has changed since the last time. */
    List<PipelineCode> changed() {
        List<PipelineCode> changed = new ArrayList<>();
        Map<String, Path> found = new HashMap<>();
        Set<Path> broken = new HashSet<>();
        for (PipelineFolder.Found each : folder.load(path)) {
            switch (each) {
                case PipelineFolder.Found.Broken it -> {
                    broken.add(it.file());
                    complain(it.file(), String.valueOf(it.why().getMessage()));
                }
                case PipelineFolder.Found.Loaded(Path file, LoadedPipeline loaded) -> {
                    String name = loaded.pipeline().definition().name();
                    Path other = found.putIfAbsent(name, file);
                    if (other == null) {
                        complaints.remove(file);
                        take(file, loaded, changed);
                    } else {
                        complain(file, other + " has a pipeline '" + name + "'");
                    }
                }
            }
        }
        served.entrySet().removeIf(it -> isGone(it.getKey(), it.getValue(), found, broken));
        return changed;
    }

    private void complain(Path file, String why) {
        if (!why.equals(complaints.put(file, why))) {
            boolean isServed = served.values().stream().anyMatch(it -> it.file().equals(file));
            String then = isServed ? "; what it held before goes on" : "";
            say.accept("left out: " + file + ": " + why + then);
        }
    }

    private void take(Path file, LoadedPipeline loaded, List<PipelineCode> changed) {
        String name = loaded.pipeline().definition().name();
        Served now = new Served(file, loaded.version());
        if (!now.equals(served.put(name, now))) {
            say.accept("pipeline " + name + ", version " + loaded.version());
            changed.add(new PipelineCode(loaded.pipeline(), loaded.version(), loaded.folder()));
        }
    }

    private static boolean isGone(
            String name, Served before, Map<String, Path> found, Set<Path> broken) {
        return !found.containsKey(name) && !broken.contains(before.file());
    }

    /** Looks again, and has the engine take what has changed. */
    void reload(Engine engine) {
        Set<String> before = Set.copyOf(served.keySet());
        List<PipelineCode> changed;
        try {
            changed = changed();
        } catch (TidemarkException e) {
            complain(path, Objects.toString(e.getMessage()));
            return;
        }
        changed.forEach(engine::reload);
        for (String name : before) {
            if (!served.containsKey(name)) {
                say.accept("pipeline " + name + " is gone: it starts nothing any more");
                engine.drop(name);
            }
        }
    }
}
