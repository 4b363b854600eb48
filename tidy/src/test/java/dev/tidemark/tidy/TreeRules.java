package dev.tidemark.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** What holds for code as the parser sees it. Each rule gives its complaints. */
final class TreeRules {
    static final int MAX_METHOD_LINES = 70;

    private static final Pattern SLEEP =
            Pattern.compile(
                    "(.*\\.)?Thread\\.sleep|(.*\\.)?TimeUnit\\.\\w+\\.sleep|sleep|.*\\.parkNanos");

    private TreeRules() {}

    /** Methods that do not fit on a screen. */
    static List<String> longMethods(JavaSource source) {
        List<String> complaints = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                if (source.lines(method) > MAX_METHOD_LINES) {
                    complaints.add(
                            source.at(method)
                                    + " method "
                                    + method.getName()
                                    + " has "
                                    + source.lines(method)
                                    + " lines; the most is "
                                    + MAX_METHOD_LINES);
                }
                return super.visitMethod(method, null);
            }
        }.scan(source.unit(), null);
        return complaints;
    }

    static List<String> wildcardImports(JavaSource source) {
        List<String> complaints = new ArrayList<>();
        for (ImportTree each : source.unit().getImports()) {
            if (each.getQualifiedIdentifier().toString().endsWith(".*")) {
                complaints.add(source.at(each) + " imports whatever there is");
            }
        }
        return complaints;
    }

    static List<String> disabledTests(JavaSource source) {
        List<String> complaints = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitAnnotation(AnnotationTree it, @Nullable Void unused) {
                String name = it.getAnnotationType().toString();
                if (name.equals("Disabled") || name.endsWith(".Disabled")) {
                    complaints.add(source.at(it) + " switches a test off");
                }
                return super.visitAnnotation(it, null);
            }
        }.scan(source.unit(), null);
        return complaints;
    }

    static List<String> sleeps(JavaSource source) {
        List<String> complaints = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethodInvocation(
                    MethodInvocationTree call, @Nullable Void unused) {
                if (SLEEP.matcher(call.getMethodSelect().toString()).matches()) {
                    complaints.add(source.at(call) + " sleeps; wait for what is meant");
                }
                return super.visitMethodInvocation(call, null);
            }
        }.scan(source.unit(), null);
        return complaints;
    }

    /** Public types that say nothing of themselves. */
    static List<String> undocumentedTypes(JavaSource source) {
        List<String> complaints = new ArrayList<>();
        for (Tree type : source.unit().getTypeDecls()) {
            if (type instanceof ClassTree declared
                    && declared.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && source.comment(declared) == null) {
                complaints.add(
                        source.at(declared) + " " + declared.getSimpleName() + " has no Javadoc");
            }
        }
        return complaints;
    }

    /** The number of components of each record, by the record's name. */
    static Map<String, Integer> components(JavaSource source) {
        Map<String, Integer> components = new TreeMap<>();
        new TreeScanner<@Nullable Void, String>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, String outer) {
                String name = outer + type.getSimpleName();
                if (type.getKind() == Tree.Kind.RECORD) {
                    components.put(source.file().path() + " " + name, countComponents(type));
                }
                return super.visitClass(type, name + ".");
            }
        }.scan(source.unit(), "");
        return components;
    }

    /** A record has no other fields than its components and static ones. */
    private static int countComponents(ClassTree type) {
        return (int)
                type.getMembers().stream()
                        .filter(VariableTree.class::isInstance)
                        .map(VariableTree.class::cast)
                        .filter(it -> !it.getModifiers().getFlags().contains(Modifier.STATIC))
                        .count();
    }

    /** Whether it is a {@code package-info.java} that rules null out. */
    static boolean marksPackage(JavaSource source) {
        return source.unit().getPackage() != null
                && source.unit().getPackageAnnotations().stream()
                        .anyMatch(it -> it.getAnnotationType().toString().endsWith("NullMarked"));
    }

    static String packageName(JavaSource source) {
        return source.unit().getPackageName() == null
                ? ""
                : source.unit().getPackageName().toString();
    }
}
