package dev.tidemark.cli.inspect;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.List;

/** Reads the code of one method. */
final class MethodCode {
    /** How the type of what {@code invokedynamic} makes ends where that is the code of a task. */
    private static final String TASK_FUNCTION = ")Ldev/tidemark/TaskFunction$";

    private final List<Use> uses = new ArrayList<>();
    private int line;

    private MethodCode() {}

    static List<Use> usesOf(CodeModel code) {
        MethodCode read = new MethodCode();
        for (CodeElement element : code) {
            read.add(element);
        }
        return List.copyOf(read.uses);
    }

    private void add(CodeElement element) {
        switch (element) {
            case LineNumber number -> line = number.line();
            case InvokeInstruction call -> {
                if (call.opcode() == Opcode.INVOKESTATIC) {
                    touch(call.owner().asInternalName(), "");
                }
                use(Use.Kind.CALL, nameOf(call.method()));
            }
            case FieldInstruction field -> {
                String owner = field.owner().asInternalName();
                if (field.opcode() == Opcode.GETSTATIC) {
                    touch(owner, field.name().stringValue());
                } else if (field.opcode() == Opcode.PUTSTATIC) {
                    use(Use.Kind.SET, new MethodName(owner, field.name().stringValue(), ""));
                }
            }
            case InvokeDynamicInstruction dynamic -> dynamic(dynamic.invokedynamic());
            case ConstantInstruction.LoadConstantInstruction constant ->
                    constant(constant.constantEntry(), Use.Kind.CALL);
            default -> {
                // Nothing else leads to another class's code.
            }
        }
    }

    private void dynamic(InvokeDynamicEntry entry) {
        boolean task = entry.type().stringValue().contains(TASK_FUNCTION);
        bootstrap(entry, task ? Use.Kind.TASK : Use.Kind.CALL);
    }

    /** The handles among the arguments are what it will call; the bootstrap itself is one too. */
    private void bootstrap(DynamicConstantPoolEntry entry, Use.Kind kind) {
        constant(entry.bootstrap().bootstrapMethod(), Use.Kind.CALL);
        entry.bootstrap().arguments().forEach(argument -> constant(argument, kind));
    }

    private void constant(LoadableConstantEntry entry, Use.Kind kind) {
        switch (entry) {
            case MethodHandleEntry handle -> handle(handle, kind);
            case DynamicConstantPoolEntry dynamic -> bootstrap(dynamic, Use.Kind.CALL);
            // A class that is named may be initialised by whom it is given to, as by EnumSet.
            case ClassEntry type -> touch(type.asInternalName(), "");
            default -> {
                // Numbers, texts and types of methods are only values.
            }
        }
    }

    private void handle(MethodHandleEntry handle, Use.Kind kind) {
        MethodName name = nameOf(handle.reference());
        switch (DirectMethodHandleDesc.Kind.valueOf(handle.kind())) {
            case GETTER, SETTER -> {}
            case STATIC_GETTER, STATIC_SETTER -> touch(name.owner(), name.name());
            case STATIC, INTERFACE_STATIC -> {
                touch(name.owner(), "");
                use(kind, name);
            }
            case CONSTRUCTOR, VIRTUAL, SPECIAL, INTERFACE_VIRTUAL, INTERFACE_SPECIAL ->
                    use(kind, name);
        }
    }

    private void touch(String owner, String field) {
        use(Use.Kind.TOUCH, new MethodName(owner, field, ""));
    }

    private void use(Use.Kind kind, MethodName what) {
        uses.add(new Use(kind, what, line));
    }

    private static MethodName nameOf(MemberRefEntry member) {
        return new MethodName(
                member.owner().asInternalName(),
                member.name().stringValue(),
                member.type().stringValue());
    }
}
