package dev.tidemark.cli.inspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all of the author's code that can be reached from where it is begun, and notes the
 * calls that leave that code and are not known to be harmless.
 *
 * <p>Of an object that is made, any method may be called: who calls it, Java or a library, is not
 * looked at.
 */
final class Walk {
    private static final String PIPELINE_SOURCE = "dev/tidemark/PipelineSource";

    /** What the compiler adds to a class with lambdas that are serializable; nobody calls it. */
    private static final String FOR_DESERIALISING = "$deserializeLambda$";

    private final AuthorClasses classes;
    private final boolean passesTasks;
    private final Doubts doubts = new Doubts();
    private final Set<MethodName> seen = new HashSet<>();
    private final Set<String> made = new HashSet<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<String> arrived = new HashSet<>();
    private final Queue<MethodName> ahead = new ArrayDeque<>();
    private boolean runsTasks;
    private @Nullable ClassCode current;
    private int line;

    private Walk(AuthorClasses classes, boolean passesTasks) {
        this.classes = classes;
        this.passesTasks = passesTasks;
    }

    /**
     * Through what declares the pipeline, since a task may have captured what was made there.
     *
     * @param withTasks whether the code of tasks that are made there is looked at too
     */
    static Walk ofDefinition(AuthorClasses classes, String source, boolean withTasks) {
        Walk walk = new Walk(classes, !withTasks);
        walk.begin(
                () -> {
                    walk.touch(source);
                    walk.call(new MethodName(source, MethodName.CONSTRUCTOR, "()V"));
                    walk.call(new MethodName(source, "pipeline", "()Ldev/tidemark/Pipeline;"));
                });
        return walk;
    }

    /**
     * Through the code of a task.
     *
     * @param results the classes of the results that it takes; they come back from JSON
     */
    static Walk ofTask(AuthorClasses classes, TaskRoot root, List<String> results) {
        Walk walk = new Walk(classes, false);
        walk.begin(
                () -> {
                    results.forEach(walk::arrive);
                    switch (root) {
                        case TaskRoot.OfMethod(MethodName method) -> walk.beginAt(method);
                        case TaskRoot.OfClass(String type) -> walk.beginAt(type);
                    }
                });
        return walk;
    }

    Doubts doubts() {
        return doubts;
    }

    /** Whether it calls a task function, so that it may run any that the definition makes. */
    boolean runsTasks() {
        return runsTasks;
    }

    private void begin(Runnable roots) {
        try {
            roots.run();
            for (MethodName next = ahead.poll(); next != null; next = ahead.poll()) {
                goThrough(next);
            }
        } catch (Unseen e) {
            doubts.add(new Doubt(Doubt.Kind.HIDDEN, e.reason()));
        }
    }

    private void beginAt(MethodName method) {
        classes.find(method.owner())
                .map(code -> code.typesOf(method))
                .orElse(List.of())
                .forEach(this::arriveAll);
        touch(method.owner());
        call(method);
    }

    private void beginAt(String type) {
        List<ClassCode> lineage = lineage(type);
        if (lineage.stream()
                .flatMap(each -> each.methods().stream())
                .noneMatch(method -> method.name().equals("run"))) {
            throw Unseen.rootless();
        }
        make(lineage.getFirst());
    }

    private void goThrough(MethodName method) {
        ClassCode code = classes.find(method.owner()).orElseThrow();
        current = code;
        line = 0;
        if (code.isNative(method)) {
            doubts.add(new Doubt(Doubt.Kind.HIDDEN, "has native code, " + method.spoken()));
        }
        for (Use use : code.usesOf(method)) {
            line = use.line();
            switch (use.kind()) {
                case CALL -> call(use.what());
                case TASK -> {
                    if (!passesTasks) {
                        call(use.what());
                    }
                }
                case TOUCH -> touch(use.what());
            }
        }
    }

    private void call(MethodName method) {
        if (!seen.add(method)) {
            return;
        }
        if (seen.size() > classes.limits().methods()) {
            throw Unseen.tooMuch();
        }
        Optional<ClassCode> owner = classes.find(method.owner());
        if (owner.isEmpty()) {
            leave(method);
            return;
        }
        if (method.isConstructor()) {
            make(owner.get());
        }
        if (owner.get().has(method)) {
            ahead.add(method);
        } else {
            // Which of these has it is not looked up: they are all asked.
            owner.get().parents().forEach(parent -> call(method.in(parent)));
        }
    }

    /** A call of code that is not the author's. */
    private void leave(MethodName method) {
        runsTasks |= KnownCalls.runsTask(method);
        KnownCalls.doubtOf(method)
                .ifPresent(kind -> doubts.add(new Doubt(kind, reason(kind, method))));
    }

    private String reason(Doubt.Kind kind, MethodName method) {
        if (kind == Doubt.Kind.PATH) {
            return "takes a path to write to by itself, " + method.name() + place();
        }
        return classes.isThere(method.owner())
                ? "calls " + method.spoken() + place()
                : "needs the class "
                        + method.owner().replace('/', '.')
                        + ", which is missing"
                        + place();
    }

    private String place() {
        return current == null ? "" : current.place(line);
    }

    private void make(ClassCode code) {
        if (!made.add(code.name())) {
            return;
        }
        touch(code.name());
        boolean passed = passesTasks && isForTasksOnly(code);
        for (ClassCode each : lineage(code.name())) {
            for (MethodName method : each.methods()) {
                if (!each.isStatic(method)
                        && !method.isConstructor()
                        && (!passed || KnownCalls.isOfEveryObject(method.name()))) {
                    call(method);
                }
            }
        }
    }

    /**
     * Whether all that anybody else calls of a class is the code of tasks: of these each is looked
     * at for itself.
     */
    private static boolean isForTasksOnly(ClassCode code) {
        List<String> interfaces = code.interfaces();
        return !interfaces.isEmpty()
                && interfaces.stream()
                        .allMatch(each -> each.equals(PIPELINE_SOURCE) || KnownCalls.isTask(each))
                && code.superclass().filter(Walk::isJavas).isPresent();
    }

    private static boolean isJavas(String superclass) {
        return superclass.equals("java/lang/Object") || superclass.equals("java/lang/Record");
    }

    /** A class, and those of its superclasses and interfaces that are the author's. */
    private List<ClassCode> lineage(String name) {
        List<ClassCode> found = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Queue<String> names = new ArrayDeque<>(List.of(name));
        for (String next = names.poll(); next != null; next = names.poll()) {
            if (known.add(next)) {
                classes.find(next)
                        .ifPresent(
                                code -> {
                                    found.add(code);
                                    names.addAll(code.parents());
                                });
            }
        }
        return found;
    }

    private void touch(MethodName field) {
        if (KnownCalls.deletes(field.owner(), field.name())) {
            String reason = "uses " + field.spoken() + place();
            doubts.add(new Doubt(Doubt.Kind.FILE, reason));
        }
        touch(field.owner());
    }

    /** A class is initialised, and all above it. */
    private void touch(String type) {
        if (touched.add(type)) {
            classes.find(type)
                    .ifPresent(
                            code -> {
                                MethodName initialiser =
                                        new MethodName(type, MethodName.INITIALISER, "()V");
                                if (code.has(initialiser)) {
                                    call(initialiser);
                                }
                                code.parents().forEach(this::touch);
                            });
        }
    }

    /** An object of a class comes back from JSON, with all that it holds. */
    private void arrive(String type) {
        if (arrived.add(type)) {
            classes.find(type)
                    .ifPresent(
                            code -> {
                                make(code);
                                code.methods().stream()
                                        .filter(each -> !each.name().equals(FOR_DESERIALISING))
                                        .forEach(this::call);
                                code.parents().forEach(this::arrive);
                                code.fieldTypes().forEach(this::arriveAll);
                            });
        }
    }

    /**
     * All classes that a descriptor or a generic signature names: what stands between an L and one
     * of {@code ; < >}. What else looks like one names no class.
     */
    private void arriveAll(String types) {
        for (int at = types.indexOf('L'); at >= 0; at = types.indexOf('L', at + 1)) {
            int end = at + 1;
            while (end < types.length() && ";<>:".indexOf(types.charAt(end)) < 0) {
                end++;
            }
            arrive(types.substring(at + 1, end));
        }
    }
}
