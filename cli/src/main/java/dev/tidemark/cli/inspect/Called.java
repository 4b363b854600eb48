package dev.tidemark.cli.inspect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which methods of objects are called: those that code that is seen calls by their name, on
 * whatever it may be, and those that Java or a library knows by a type of its own.
 */
final class Called {
    private final AuthorClasses classes;
    private final Set<String> names = new HashSet<>();
    private final Map<String, List<ClassCode>> made = new LinkedHashMap<>();

    Called(AuthorClasses classes) {
        this.classes = classes;
    }

    /** The classes of which objects are made. */
    Set<String> made() {
        return Set.copyOf(made.keySet());
    }

    /** Code that is seen calls a method of the author's; what that may be of the objects made. */
    List<MethodName> call(MethodName method) {
        if (method.isConstructor() || !names.add(method.name() + method.descriptor())) {
            return List.of();
        }
        List<MethodName> found = new ArrayList<>();
        made.values().forEach(lineage -> addNamed(lineage, found));
        return found.stream().filter(each -> sameName(each, method)).toList();
    }

    private static boolean sameName(MethodName one, MethodName other) {
        return one.name().equals(other.name()) && one.descriptor().equals(other.descriptor());
    }

    /** An object is made elsewhere, and may come here. */
    void mayMeet(String name, List<ClassCode> lineage) {
        made.putIfAbsent(name, lineage);
    }

    /** An object is made; which of its methods are called. */
    List<MethodName> make(String name, List<ClassCode> lineage) {
        made.put(name, lineage);
        List<MethodName> found = new ArrayList<>();
        addNamed(lineage, found);
        Optional<Set<String>> foreign = foreignNames(lineage);
        for (ClassCode each : lineage) {
            for (MethodName method : each.methods()) {
                if (isOfObjects(each, method)
                        && foreign.map(known -> known.contains(method.name())).orElse(true)) {
                    found.add(method);
                }
            }
        }
        return found;
    }

    private void addNamed(List<ClassCode> lineage, List<MethodName> found) {
        for (ClassCode each : lineage) {
            for (MethodName method : each.methods()) {
                if (isOfObjects(each, method)
                        && names.contains(method.name() + method.descriptor())) {
                    found.add(method);
                }
            }
        }
    }

    private static boolean isOfObjects(ClassCode code, MethodName method) {
        return !code.isStatic(method) && !method.isConstructor();
    }

    /** What others know of an object's methods; nothing where that cannot be told. */
    private Optional<Set<String>> foreignNames(List<ClassCode> lineage) {
        Set<String> known = new HashSet<>();
        for (ClassCode each : lineage) {
            for (String parent : each.parents()) {
                if (classes.find(parent).isEmpty()) {
                    Optional<Set<String>> names = classes.methodsOf(parent);
                    if (names.isEmpty()) {
                        return Optional.empty();
                    }
                    known.addAll(names.get());
                }
            }
        }
        return Optional.of(known);
    }
}
