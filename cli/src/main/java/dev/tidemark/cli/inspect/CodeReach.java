package dev.tidemark.cli.inspect;

import dev.tidemark.Pipeline;
import dev.tidemark.TaskDefinition;
import java.lang.classfile.CodeModel;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of the author's code the tasks of a pipeline call, and what declares them. Unlike {@link
 * CodeInspection}, it leaves out what may only perhaps be called.
 */
public final class CodeReach {
    private final Pipeline pipeline;
    private final AuthorClasses classes;
    private final Walk definition;

    /**
     * The reach of a pipeline's code.
     *
     * @param source the name of the class that declares the pipeline
     * @param loader the loader of its code, and of nothing else
     */
    public CodeReach(Pipeline pipeline, String source, URLClassLoader loader) {
        this.pipeline = pipeline;
        this.classes = new AuthorClasses(loader, AuthorClasses.Limits.DEFAULT);
        this.definition = Walk.ofWhatDefinitionCalls(classes, source.replace('.', '/'));
    }

    /** The code that declares the pipeline, without that of its tasks. */
    public List<ReachedCode> ofDefinition() {
        return reached(definition);
    }

    /** The code of a task. Nothing where its root cannot be found. */
    public List<ReachedCode> ofTask(TaskDefinition task) {
        return TaskRoot.of(pipeline.body(task.name()).function())
                .map(
                        root ->
                                Walk.ofWhatTaskCalls(
                                        classes,
                                        root,
                                        CodeInspection.results(pipeline, task),
                                        definition))
                .map(this::reached)
                .orElse(List.of());
    }

    private List<ReachedCode> reached(Walk walk) {
        return walk.passed().stream()
                .filter(stretch -> codeOf(stretch.method()).isPresent())
                .map(stretch -> new ReachedCode(stretch.method(), stretch.field()))
                .toList();
    }

    /** The code of a method of the author's. */
    public Optional<CodeModel> codeOf(MethodName method) {
        try {
            return classes.find(method.owner()).flatMap(owner -> owner.codeOf(method));
        } catch (Unseen _) {
            return Optional.empty();
        }
    }

    /** The constructors of a class of the author's. */
    public List<MethodName> constructorsOf(String owner) {
        try {
            return classes.find(owner).stream()
                    .flatMap(code -> code.methods().stream())
                    .filter(MethodName::isConstructor)
                    .toList();
        } catch (Unseen _) {
            return List.of();
        }
    }

    /** The name of the file that a class of the author's was written in. */
    public String sourceFileOf(String owner) {
        return Objects.requireNonNull(
                classes.find(owner).flatMap(ClassCode::sourceFile).orElse(owner.replace('/', '.')));
    }
}
