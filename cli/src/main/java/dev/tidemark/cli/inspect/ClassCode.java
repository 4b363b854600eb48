package dev.tidemark.cli.inspect;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One class of the author's, as its file says. What a method does is read when it is asked for. */
final class ClassCode {
    private static final ClassFile READER = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    private final ClassModel model;
    private final String name;
    private final Map<MethodName, MethodModel> methods = new LinkedHashMap<>();
    private final Map<MethodName, List<Use>> uses = new HashMap<>();

    private ClassCode(ClassModel model) {
        this.model = model;
        this.name = model.thisClass().asInternalName();
        for (MethodModel method : model.methods()) {
            methods.put(
                    new MethodName(
                            name,
                            method.methodName().stringValue(),
                            method.methodType().stringValue()),
                    method);
        }
    }

    /**
     * Reads a class file.
     *
     * @throws Unseen where it is damaged, or holds another class
     */
    static ClassCode of(String name, byte[] bytes) {
        try {
            ClassCode code = new ClassCode(READER.parse(bytes));
            if (code.name().equals(name)) {
                return code;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            throw Unseen.damaged(name);
        }
        throw Unseen.damaged(name);
    }

    String name() {
        return name;
    }

    Optional<String> superclass() {
        return model.superclass().map(ClassEntry::asInternalName);
    }

    List<String> interfaces() {
        return model.interfaces().stream().map(ClassEntry::asInternalName).toList();
    }

    /** The superclass and the interfaces. */
    List<String> parents() {
        List<String> parents = new ArrayList<>(interfaces());
        superclass().ifPresent(parents::add);
        return parents;
    }

    Collection<MethodName> methods() {
        return methods.keySet();
    }

    boolean has(MethodName method) {
        return methods.containsKey(method);
    }

    boolean isStatic(MethodName method) {
        return flag(method, AccessFlag.STATIC);
    }

    boolean isNative(MethodName method) {
        return flag(method, AccessFlag.NATIVE);
    }

    private boolean flag(MethodName method, AccessFlag flag) {
        MethodModel found = methods.get(method);
        return found != null && found.flags().has(flag);
    }

    /** The types of its fields, in the form of descriptors and of generic signatures. */
    List<String> fieldTypes() {
        List<String> types = new ArrayList<>();
        for (FieldModel field : model.fields()) {
            types.add(field.fieldType().stringValue());
            field.findAttribute(Attributes.signature())
                    .ifPresent(signature -> types.add(signature.signature().stringValue()));
        }
        return types;
    }

    /** The types of a method, in the same forms. */
    List<String> typesOf(MethodName method) {
        List<String> types = new ArrayList<>(List.of(method.descriptor()));
        MethodModel found = methods.get(method);
        if (found != null) {
            found.findAttribute(Attributes.signature())
                    .ifPresent(signature -> types.add(signature.signature().stringValue()));
        }
        return types;
    }

    /**
     * What a method's code does with other classes, in the order of its code; nothing where it has
     * none.
     *
     * @throws Unseen where it is damaged
     */
    List<Use> usesOf(MethodName method) {
        return uses.computeIfAbsent(method, this::read);
    }

    private List<Use> read(MethodName method) {
        try {
            return Optional.ofNullable(methods.get(method))
                    .flatMap(MethodModel::code)
                    .map(MethodCode::usesOf)
                    .orElse(List.of());
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            throw Unseen.damaged(name);
        }
    }

    /** The code of a method; nothing where it has none. */
    Optional<CodeModel> codeOf(MethodName method) {
        return Optional.ofNullable(methods.get(method)).flatMap(MethodModel::code);
    }

    /** The name of the file it was written in; nothing where the class file does not say. */
    Optional<String> sourceFile() {
        return model.findAttribute(Attributes.sourceFile())
                .map(file -> file.sourceFile().stringValue());
    }

    /** Where a line is, as {@code " (Orders.java:31)"}; nothing where the file does not say. */
    String place(int line) {
        return sourceFile()
                .map(file -> line == 0 ? " (" + file + ")" : " (" + file + ":" + line + ")")
                .orElse(" (" + name.replace('/', '.') + ")");
    }
}
