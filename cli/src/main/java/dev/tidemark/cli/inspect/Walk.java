package dev.tidemark.cli.inspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    private final Breadth breadth;
    private final Called called;
    private final Set<Stretch> passed = new LinkedHashSet<>();
    private final Doubts doubts = new Doubts();
    private final Set<MethodName> seen = new HashSet<>();
    private final Set<String> made = new HashSet<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<String> arrived = new HashSet<>();
    private final Set<Stretch> initialised = new HashSet<>();
    private final Queue<Stretch> ahead = new ArrayDeque<>();
    private boolean runsTasks;
    private @Nullable ClassCode current;
    private int line;

    private Walk(AuthorClasses classes, boolean passesTasks, Breadth breadth) {
        this.classes = classes;
        this.passesTasks = passesTasks;
        this.breadth = breadth;
        this.called = new Called(classes);
    }

    /**
     * Through what declares the pipeline, since a task may have captured what was made there.
     *
     * @param withTasks whether the code of tasks that are made there is looked at too
     */
    static Walk ofDefinition(AuthorClasses classes, String source, boolean withTasks) {
        return ofDefinition(new Walk(classes, !withTasks, Breadth.WHATEVER_MAY_BE), source);
    }

    /** Through what declares the pipeline and is certain to be called, without its tasks. */
    static Walk ofWhatDefinitionCalls(AuthorClasses classes, String source) {
        return ofDefinition(new Walk(classes, true, Breadth.WHAT_IS_CALLED), source);
    }

    private static Walk ofDefinition(Walk walk, String source) {
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
        return ofTask(new Walk(classes, false, Breadth.WHATEVER_MAY_BE), root, results);
    }

    /**
     * Through what the code of a task calls.
     *
     * @param definition what declares the task; it may have been given objects made there
     */
    static Walk ofWhatTaskCalls(
            AuthorClasses classes, TaskRoot root, List<String> results, Walk definition) {
        Walk walk = new Walk(classes, false, Breadth.WHAT_IS_CALLED);
        definition.called.made().forEach(type -> walk.called.mayMeet(type, walk.lineage(type)));
        return ofTask(walk, root, results);
    }

    private static Walk ofTask(Walk walk, TaskRoot root, List<String> results) {
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

    /** The code it went through. */
    Set<Stretch> passed() {
        return passed;
    }

    /** Whether it calls a task function, so that it may run any that the definition makes. */
    boolean runsTasks() {
        return runsTasks;
    }

    private void begin(Runnable roots) {
        try {
            roots.run();
            for (Stretch next = ahead.poll(); next != null; next = ahead.poll()) {
                passed.add(next);
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

    private void goThrough(Stretch stretch) {
        MethodName method = stretch.method();
        ClassCode code = classes.find(method.owner()).orElseThrow();
        current = code;
        line = 0;
        if (code.isNative(method)) {
            doubts.add(new Doubt(Doubt.Kind.HIDDEN, "has native code, " + method.spoken()));
        }
        for (Use use : usesIn(code, stretch)) {
            line = use.line();
            switch (use.kind()) {
                case CALL -> call(use.what());
                case TASK -> {
                    if (!passesTasks) {
                        call(use.what());
                    }
                }
                case TOUCH -> touch(use.what());
                case SET -> touch(use.what().owner());
            }
        }
    }

    /**
     * What leads up to the setting of a field is its value; what is behind the last one is rest.
     */
    private static List<Use> usesIn(ClassCode code, Stretch stretch) {
        List<Use> all = code.usesOf(stretch.method());
        if (stretch.field().isEmpty()) {
            return all;
        }
        List<Use> wanted = new ArrayList<>();
        List<Use> part = new ArrayList<>();
        for (Use use : all) {
            part.add(use);
            if (use.kind() == Use.Kind.SET) {
                if (use.what().name().equals(stretch.field().get())) {
                    wanted.addAll(part);
                }
                part.clear();
            }
        }
        return stretch.field().get().isEmpty() ? part : wanted;
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
        if (breadth == Breadth.WHAT_IS_CALLED) {
            called.call(method).forEach(this::call);
        }
        if (owner.get().has(method)) {
            ahead.add(Stretch.all(method));
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
        boolean isPassed = passesTasks && isForTasksOnly(code);
        methodsOf(code).stream()
                .filter(method -> !isPassed || KnownCalls.isOfEveryObject(method.name()))
                .forEach(this::call);
    }

    /** Which methods of an object that is made may be called. */
    private List<MethodName> methodsOf(ClassCode code) {
        List<ClassCode> lineage = lineage(code.name());
        return switch (breadth) {
            case WHAT_IS_CALLED -> called.make(code.name(), lineage);
            case WHATEVER_MAY_BE ->
                    lineage.stream()
                            .flatMap(
                                    each ->
                                            each.methods().stream()
                                                    .filter(method -> !each.isStatic(method)))
                            .filter(method -> !method.isConstructor())
                            .toList();
        };
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
        if (breadth == Breadth.WHAT_IS_CALLED && !field.name().isEmpty()) {
            // Which of these declares the field is not looked up: they are all asked.
            for (ClassCode each : lineage(field.owner())) {
                Stretch value = Stretch.initialising(each.name(), field.name());
                if (each.has(value.method()) && initialised.add(value)) {
                    ahead.add(value);
                }
            }
        }
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
                                    initialise(initialiser);
                                }
                                code.parents().forEach(this::touch);
                            });
        }
    }

    private void initialise(MethodName initialiser) {
        switch (breadth) {
            case WHATEVER_MAY_BE -> call(initialiser);
            // What gives a field its value counts where the field is read.
            case WHAT_IS_CALLED -> ahead.add(Stretch.initialising(initialiser.owner(), ""));
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
                                        .filter(this::isCalledByJson)
                                        .forEach(this::call);
                                code.parents().forEach(this::arrive);
                                code.fieldTypes().forEach(this::arriveAll);
                            });
        }
    }

    private boolean isCalledByJson(MethodName method) {
        return switch (breadth) {
            case WHATEVER_MAY_BE -> !method.name().equals(FOR_DESERIALISING);
            case WHAT_IS_CALLED -> method.isConstructor();
        };
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
