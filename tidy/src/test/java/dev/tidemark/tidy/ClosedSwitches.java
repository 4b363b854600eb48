package dev.tidemark.tidy;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The switches over sealed types and enums of this project. With a {@code default} the compiler
 * would say nothing when a case is added, so they have none.
 *
 * @param withDefault complaints
 * @param seen how many such switches there are
 */
record ClosedSwitches(List<String> withDefault, int seen) {
    /** Has the compiler find out the types; what does not compile is passed over. */
    static ClosedSwitches in(Collection<TextFile> files) {
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        problem -> {},
                                        List.of(
                                                "-proc:none",
                                                "-classpath",
                                                System.getProperty("java.class.path")),
                                        null,
                                        files.stream().map(SourceObject::new).toList());
        try {
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            task.analyze();
            Search search = new Search(Trees.instance(task));
            units.forEach(unit -> search.scan(unit, null));
            return new ClosedSwitches(search.withDefault, search.seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Search extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Trees trees;
        private final List<String> withDefault = new ArrayList<>();
        private int seen;

        private Search(Trees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitSwitch(SwitchTree it, @Nullable Void unused) {
            see(it, it.getExpression(), it.getCases());
            return super.visitSwitch(it, null);
        }

        @Override
        public @Nullable Void visitSwitchExpression(
                SwitchExpressionTree it, @Nullable Void unused) {
            see(it, it.getExpression(), it.getCases());
            return super.visitSwitchExpression(it, null);
        }

        private void see(Tree tree, ExpressionTree over, List<? extends CaseTree> cases) {
            TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), over));
            if (!isClosed(type)) {
                return;
            }
            seen++;
            boolean open =
                    cases.stream()
                            .flatMap(each -> each.getLabels().stream())
                            .anyMatch(DefaultCaseLabelTree.class::isInstance);
            if (open) {
                CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
                long start = trees.getSourcePositions().getStartPosition(unit, tree);
                TextFile file = SourceObject.fileOf(unit);
                withDefault.add(
                        file.at(unit.getLineMap().getLineNumber(start))
                                + " has a default for "
                                + type);
            }
        }

        private static boolean isClosed(@Nullable TypeMirror type) {
            return type instanceof DeclaredType declared
                    && declared.asElement() instanceof TypeElement element
                    && element.getQualifiedName().toString().startsWith("dev.tidemark.")
                    && (element.getKind() == ElementKind.ENUM
                            || element.getModifiers().contains(Modifier.SEALED));
        }
    }
}
