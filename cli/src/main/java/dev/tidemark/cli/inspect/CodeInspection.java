package dev.tidemark.cli.inspect;

import dev.tidemark.Effects;
import dev.tidemark.Pipeline;
import dev.tidemark.TaskDefinition;
import java.net.URLClassLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the code of a pipeline's tasks: whether all that they write goes through {@link
 * dev.tidemark.TaskContext#into}.
 *
 * <p>Looked at is what a task's method can reach in the author's code, and what the code that
 * declares the pipeline can reach: objects made there may be captured.
 */
public final class CodeInspection {
    private final Pipeline pipeline;
    private final String source;
    private final AuthorClasses classes;
    private final Map<String, Finding> known;
    private @Nullable Walk definition;
    private @Nullable Walk definitionWithTasks;

    private CodeInspection(
            Pipeline pipeline, String source, AuthorClasses classes, Map<String, Finding> known) {
        this.pipeline = pipeline;
        this.source = source;
        this.classes = classes;
        this.known = known;
    }

    /**
     * What each task's code does outside, whatever its author says.
     *
     * @param source the name of the class that declares the pipeline
     * @param loader the loader of its code, and of nothing else
     * @param known what earlier looks at this code found; what this one finds is added
     * @return by the task's name
     */
    public static Map<String, Finding> of(
            Pipeline pipeline, String source, URLClassLoader loader, Map<String, Finding> known) {
        return of(pipeline, source, new AuthorClasses(loader, AuthorClasses.Limits.DEFAULT), known);
    }

    static Map<String, Finding> of(
            Pipeline pipeline, String source, AuthorClasses classes, Map<String, Finding> known) {
        CodeInspection inspection =
                new CodeInspection(pipeline, source.replace('.', '/'), classes, known);
        Map<String, Finding> findings = new LinkedHashMap<>();
        pipeline.definition()
                .tasks()
                .forEach(task -> findings.put(task.name(), inspection.lookAt(task)));
        return findings;
    }

    private Finding lookAt(TaskDefinition task) {
        Optional<TaskRoot> root = TaskRoot.of(pipeline.body(task.name()).function());
        if (root.isEmpty()) {
            return new Finding(
                    new Effects(Effects.Kind.UNKNOWN, Unseen.rootless().reason()), false);
        }
        List<String> results = results(pipeline, task);
        // Many tasks may have one code.
        String code = source + " " + root.get().text() + " " + String.join(" ", results);
        return known.computeIfAbsent(code, _ -> walk(root.get(), results));
    }

    /** The classes of the results that a task takes, with slashes. */
    static List<String> results(Pipeline pipeline, TaskDefinition task) {
        return task.edges().inputs().stream()
                .map(input -> pipeline.body(input.task()).result().element())
                .map(type -> type.getName().replace('.', '/'))
                .distinct()
                .toList();
    }

    private Finding walk(TaskRoot root, List<String> results) {
        Walk walk = Walk.ofTask(classes, root, results);
        Doubts doubts = walk.doubts();
        // The task's own are told rather than those of the definition, so they come first.
        doubts.addAll(definition().doubts());
        if (walk.runsTasks() || definition().runsTasks()) {
            doubts.addAll(definitionWithTasks().doubts());
        }
        return Finding.of(doubts);
    }

    private Walk definition() {
        if (definition == null) {
            definition = Walk.ofDefinition(classes, source, false);
        }
        return definition;
    }

    private Walk definitionWithTasks() {
        if (definitionWithTasks == null) {
            definitionWithTasks = Walk.ofDefinition(classes, source, true);
        }
        return definitionWithTasks;
    }
}
