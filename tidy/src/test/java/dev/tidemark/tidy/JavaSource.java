package dev.tidemark.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A Java file as the compiler's parser sees it.
 *
 * @param trees knows positions and comments
 */
record JavaSource(TextFile file, CompilationUnitTree unit, DocTrees trees) {
    /** Parses files, without looking at anything else. */
    static List<JavaSource> parse(Collection<TextFile> files) {
        List<Diagnostic<? extends JavaFileObject>> problems = new ArrayList<>();
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        problems::add,
                                        List.of("-proc:none"),
                                        null,
                                        files.stream().map(SourceObject::new).toList());
        DocTrees trees = DocTrees.instance(task);
        List<JavaSource> sources = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                sources.add(new JavaSource(SourceObject.fileOf(unit), unit, trees));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        problems.stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .ifPresent(
                        problem -> {
                            throw new IllegalStateException("cannot be parsed: " + problem);
                        });
        return sources;
    }

    /** A sample, to show what a rule says of it. */
    static JavaSource sample(String path, String code) {
        return parse(List.of(new TextFile(path, code))).getFirst();
    }

    /** Where something stands, for a complaint. */
    String at(Tree tree) {
        return file.at(firstLine(tree));
    }

    long firstLine(Tree tree) {
        long start = trees.getSourcePositions().getStartPosition(unit, tree);
        return start < 0 ? 0 : unit.getLineMap().getLineNumber(start);
    }

    /** How many lines something takes, its comment not counted. */
    int lines(Tree tree) {
        long end = trees.getSourcePositions().getEndPosition(unit, tree);
        return end < 0 ? 0 : (int) (unit.getLineMap().getLineNumber(end) - firstLine(tree) + 1);
    }

    /** The Javadoc of something. */
    @Nullable String comment(Tree tree) {
        return trees.getDocComment(Objects.requireNonNull(TreePath.getPath(unit, tree)));
    }

    /** Whether it is part of the program, not of its tests. */
    boolean isMain() {
        return file.path().contains("/src/main/java/");
    }

    boolean isTest() {
        return file.path().contains("/src/test/java/");
    }
}
