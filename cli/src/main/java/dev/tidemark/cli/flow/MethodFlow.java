package dev.tidemark.cli.flow;

import dev.tidemark.cli.inspect.MethodName;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the code of a method once, from its first line to its last, and keeps what is on the
 * stack and in variables. Loops are not gone round: what a variable holds the second time is not
 * seen.
 */
final class MethodFlow {
    private final Calls calls;
    private final Map<Label, Frame> arriving = new HashMap<>();
    private final Map<Label, Label> tries = new HashMap<>();
    private final Map<Label, Frame> tried = new HashMap<>();
    private @Nullable Frame frame = new Frame();

    private MethodFlow(MethodName method, Known known) {
        this.calls = new Calls(method, known);
    }

    static MethodFacts through(MethodName method, CodeModel code, Known known) {
        MethodFlow flow = new MethodFlow(method, known);
        for (ExceptionCatch each : code.exceptionHandlers()) {
            flow.tries.put(each.handler(), each.tryStart());
        }
        code.forEach(flow::add);
        return flow.calls.facts();
    }

    private void add(CodeElement element) {
        switch (element) {
            case LineNumber number -> calls.at(number.line());
            case LabelTarget target -> arrive(target.label());
            case Instruction instruction -> {
                if (frame != null) {
                    carryOut(instruction, frame);
                }
            }
            default -> {
                // What else there is says something about code, and is none.
            }
        }
    }

    private void arrive(Label label) {
        Label start = tries.get(label);
        if (start != null) {
            Frame handler = tried.getOrDefault(start, new Frame()).copy();
            handler.clear();
            handler.push(TypeKind.REFERENCE);
            frame = handler;
            return;
        }
        Frame other = arriving.get(label);
        if (other != null) {
            frame = frame == null ? other : frame.or(other);
        }
        if (frame != null && tries.containsValue(label)) {
            tried.put(label, frame.copy());
        }
    }

    private void leave(Frame from, Label to) {
        arriving.merge(to, from.copy(), Frame::or);
    }

    private void carryOut(Instruction instruction, Frame now) {
        switch (instruction) {
            case InvokeInstruction call -> calls.call(call, now);
            case InvokeDynamicInstruction call -> calls.dynamic(call, now);
            case FieldInstruction field -> calls.field(field, now);
            case ConstantInstruction constant -> calls.constant(constant, now);
            case LoadInstruction load -> now.push(now.variable(load.slot()), load.typeKind());
            case StoreInstruction store -> now.set(store.slot(), now.pop(store.typeKind()));
            case IncrementInstruction increment -> now.set(increment.slot(), Value.UNKNOWN);
            case StackInstruction arranging -> now.arrange(arranging.opcode());
            case BranchInstruction branch -> branch(branch, now);
            case TableSwitchInstruction table -> choose(now, table.cases(), table.defaultTarget());
            case LookupSwitchInstruction lookup ->
                    choose(now, lookup.cases(), lookup.defaultTarget());
            case ReturnInstruction end -> {
                calls.returns(now.pop(end.typeKind()), end.typeKind());
                frame = null;
            }
            case ThrowInstruction _ -> frame = null;
            default -> compute(instruction, now);
        }
    }

    /** What makes values of others, of which nothing is known. */
    private static void compute(Instruction instruction, Frame now) {
        switch (instruction) {
            case NewObjectInstruction made ->
                    now.push(
                            Calls.isBuilder(made) ? new Value.Growing() : Value.UNKNOWN,
                            TypeKind.REFERENCE);
            case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> {
                now.pop(1);
                now.push(TypeKind.REFERENCE);
            }
            case NewMultiArrayInstruction made -> {
                now.pop(made.dimensions());
                now.push(TypeKind.REFERENCE);
            }
            case ArrayLoadInstruction load -> {
                now.pop(2);
                now.push(load.typeKind());
            }
            case ArrayStoreInstruction store -> {
                now.pop(store.typeKind());
                now.pop(2);
            }
            case TypeCheckInstruction check -> {
                if (check.opcode() == Opcode.INSTANCEOF) {
                    now.pop(1);
                    now.push(TypeKind.INT);
                }
            }
            case ConvertInstruction convert -> {
                now.pop(convert.fromType());
                now.push(convert.toType());
            }
            case OperatorInstruction operator -> operate(operator, now);
            case MonitorInstruction _ -> now.pop(1);
            default -> {
                // Nothing else moves anything.
            }
        }
    }

    private static void operate(OperatorInstruction operator, Frame now) {
        TypeKind type = operator.typeKind();
        switch (operator.opcode()) {
            case ARRAYLENGTH -> now.pop(1);
            case INEG, LNEG, FNEG, DNEG -> now.pop(type);
            case LSHL, LSHR, LUSHR -> {
                now.pop(1);
                now.pop(type);
            }
            case LCMP -> now.pop(4);
            case DCMPL, DCMPG -> now.pop(4);
            case FCMPL, FCMPG -> now.pop(2);
            default -> {
                now.pop(type);
                now.pop(type);
            }
        }
        boolean compares =
                switch (operator.opcode()) {
                    case LCMP, DCMPL, DCMPG, FCMPL, FCMPG, ARRAYLENGTH -> true;
                    default -> false;
                };
        now.push(compares ? TypeKind.INT : type);
    }

    private void branch(BranchInstruction branch, Frame now) {
        switch (branch.opcode()) {
            case GOTO, GOTO_W -> {
                leave(now, branch.target());
                frame = null;
            }
            case IF_ICMPEQ,
                    IF_ICMPNE,
                    IF_ICMPLT,
                    IF_ICMPGE,
                    IF_ICMPGT,
                    IF_ICMPLE,
                    IF_ACMPEQ,
                    IF_ACMPNE -> {
                now.pop(2);
                leave(now, branch.target());
            }
            default -> {
                now.pop(1);
                leave(now, branch.target());
            }
        }
    }

    private void choose(Frame now, List<SwitchCase> cases, Label otherwise) {
        now.pop(1);
        cases.forEach(each -> leave(now, each.target()));
        leave(now, otherwise);
        frame = null;
    }
}
