package dev.tidemark.cli.load;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the head of a class file says.
 *
 * @param parents the superclass and the interfaces
 * @param concrete whether it can be made: no interface, not abstract, not inside a method
 */
record ClassHeader(
        String name, List<String> parents, boolean concrete, Candidate.Standing standing) {
    /** Where a class file says which Java it is for, in bytes. */
    private static final int MAJOR_VERSION_AT = 6;

    /** Reads a class file; nothing where it is damaged, which loading it would show. */
    static Optional<ClassHeader> in(byte[] bytes) {
        try {
            return Optional.of(of(ClassFile.of().parse(readable(bytes))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * The same, or a class for a newer Java under this one's version: the head has not changed
     * since the first, and that the class cannot run here is to be said of it, not that it is
     * missing.
     */
    private static byte[] readable(byte[] bytes) {
        int here = ClassFile.latestMajorVersion();
        if (bytes.length < MAJOR_VERSION_AT + Short.BYTES
                || ByteBuffer.wrap(bytes).getShort(MAJOR_VERSION_AT) <= here) {
            return bytes;
        }
        byte[] lowered = bytes.clone();
        ByteBuffer.wrap(lowered).putShort(MAJOR_VERSION_AT, (short) here);
        return lowered;
    }

    private static ClassHeader of(ClassModel model) {
        List<String> parents = new ArrayList<>();
        model.superclass().ifPresent(parent -> parents.add(nameOf(parent)));
        model.interfaces().forEach(parent -> parents.add(nameOf(parent)));
        boolean concrete =
                !model.flags().has(AccessFlag.INTERFACE)
                        && !model.flags().has(AccessFlag.ABSTRACT)
                        && model.findAttribute(Attributes.enclosingMethod()).isEmpty();
        return new ClassHeader(
                nameOf(model.thisClass()),
                parents,
                concrete,
                model.flags().has(AccessFlag.PUBLIC)
                        ? Candidate.Standing.PUBLIC
                        : Candidate.Standing.HIDDEN);
    }

    private static String nameOf(ClassEntry entry) {
        return entry.asInternalName().replace('/', '.');
    }
}
