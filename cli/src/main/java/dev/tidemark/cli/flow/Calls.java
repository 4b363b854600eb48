package dev.tidemark.cli.flow;

import dev.tidemark.cli.inspect.MethodName;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a method calls, loads, reads and sets, and what it gets from there. */
final class Calls {
    private static final String BUILDER = "java/lang/StringBuilder";
    private static final String BUFFER = "java/lang/StringBuffer";
    private static final String ROWS = "dev/tidemark/Rows";

    private final MethodName method;
    private final Known known;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Value> set = new HashMap<>();
    private @Nullable Value returned;
    private int unassigned;
    private int line;

    Calls(MethodName method, Known known) {
        this.method = method;
        this.known = known;
    }

    void at(int newLine) {
        line = newLine;
    }

    MethodFacts facts() {
        return new MethodFacts(steps, returned == null ? Value.UNKNOWN : returned, set);
    }

    static boolean isBuilder(NewObjectInstruction made) {
        return isBuilder(made.className().asInternalName());
    }

    private static boolean isBuilder(String type) {
        return type.equals(BUILDER) || type.equals(BUFFER);
    }

    void returns(Value value, TypeKind type) {
        if (type == TypeKind.REFERENCE) {
            returned = returned == null || returned.equals(value) ? value : Value.UNKNOWN;
        }
    }

    void constant(ConstantInstruction constant, Frame frame) {
        Value value = Value.UNKNOWN;
        if (constant instanceof ConstantInstruction.LoadConstantInstruction loaded
                && loaded.constantEntry() instanceof StringEntry text) {
            value = load(new Value.Text(text.stringValue(), spot(), List.of()));
        } else if (constant.constantValue() instanceof Integer number) {
            value = new Value.Whole(number);
        }
        frame.push(value, constant.typeKind());
    }

    void field(FieldInstruction field, Frame frame) {
        String owner = field.owner().asInternalName();
        String name = field.name().stringValue();
        TypeKind type = TypeKind.from(field.typeSymbol());
        switch (field.opcode()) {
            case GETSTATIC -> {
                steps.add(new Step.Read(owner, name, spot(), ""));
                frame.push(valueIn(owner, name, true, type), type);
            }
            case GETFIELD -> {
                frame.pop();
                frame.push(valueIn(owner, name, false, type), type);
            }
            case PUTSTATIC -> {
                set(owner, name, frame.pop(type));
                assign(name);
            }
            case PUTFIELD -> {
                set(owner, name, frame.pop(type));
                frame.pop();
            }
            default -> throw new IllegalArgumentException("is no field's: " + field.opcode());
        }
    }

    private Value valueIn(String owner, String name, boolean isStatic, TypeKind type) {
        if (type != TypeKind.REFERENCE) {
            return Value.UNKNOWN;
        }
        Value here = set.get(name);
        return owner.equals(method.owner()) && here != null
                ? here
                : known.inField(owner, name, isStatic);
    }

    private void set(String owner, String name, Value value) {
        if (owner.equals(method.owner())) {
            set.merge(name, value, (one, other) -> one.equals(other) ? one : Value.UNKNOWN);
        }
    }

    /** All since the last field was set leads up to the value of this one. */
    private void assign(String field) {
        if (method.name().equals(MethodName.INITIALISER)) {
            for (; unassigned < steps.size(); unassigned++) {
                steps.set(unassigned, inField(steps.get(unassigned), field));
            }
        }
    }

    private static Step inField(Step step, String field) {
        return switch (step) {
            case Step.Call call ->
                    new Step.Call(call.method(), call.arguments(), call.spot(), field);
            case Step.Read read -> new Step.Read(read.owner(), read.name(), read.spot(), field);
            case Step.Load load -> new Step.Load(load.text(), field);
        };
    }

    void call(InvokeInstruction call, Frame frame) {
        MethodName name =
                new MethodName(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue());
        MethodTypeDesc type = call.typeSymbol();
        List<Value> arguments = arguments(type, frame);
        if (call.opcode() != Opcode.INVOKESTATIC) {
            arguments.addFirst(frame.pop());
        }
        steps.add(new Step.Call(name, arguments, spot(), ""));
        Value result =
                isBuilder(name.owner())
                        ? build(name, arguments)
                        : result(name, arguments).orElseGet(() -> returnedBy(name, type));
        frame.push(result, TypeKind.from(type.returnType()));
    }

    private Value returnedBy(MethodName name, MethodTypeDesc type) {
        return type.returnType().isPrimitive() ? Value.UNKNOWN : known.returnedBy(name);
    }

    private static List<Value> arguments(MethodTypeDesc type, Frame frame) {
        List<Value> arguments = new ArrayList<>();
        for (ClassDesc each : type.parameterList().reversed()) {
            arguments.add(frame.pop(TypeKind.from(each)));
        }
        Collections.reverse(arguments);
        return arguments;
    }

    private Value build(MethodName name, List<Value> arguments) {
        if (!(arguments.getFirst() instanceof Value.Growing growing)) {
            return Value.UNKNOWN;
        }
        return switch (name.name()) {
            case MethodName.CONSTRUCTOR, "append" -> {
                // A number that a builder is made with is its room.
                if (arguments.size() > 1 && !name.descriptor().equals("(I)V")) {
                    growing.add(arguments.get(1));
                }
                yield growing;
            }
            case "toString" -> load(growing.made(spot()));
            default -> Value.UNKNOWN;
        };
    }

    private Optional<Value> result(MethodName name, List<Value> arguments) {
        return switch (name.owner()) {
            case "java/lang/String" -> Texts.madeBy(name, arguments, spot()).map(this::load);
            case "dev/tidemark/data/Database" ->
                    name.name().equals("query") && arguments.getLast() instanceof Value.Text sql
                            ? Optional.of(new Value.Query(sql, spot()))
                            : Optional.empty();
            case "dev/tidemark/TaskContext" ->
                    name.name().equals("from") && arguments.getLast() instanceof Value.Query query
                            ? Optional.of(new Value.QueryRows(query))
                            : Optional.empty();
            // What only leaves rows out leaves their columns as they are.
            case ROWS ->
                    switch (name.name()) {
                        case "filter", "reject", "rejectRepeats" ->
                                Optional.of(arguments.getFirst());
                        default -> Optional.empty();
                    };
            default -> Optional.empty();
        };
    }

    void dynamic(InvokeDynamicInstruction call, Frame frame) {
        MethodTypeDesc type = call.typeSymbol();
        List<Value> arguments = arguments(type, frame);
        InvokeDynamicEntry entry = call.invokedynamic();
        Value result = Value.UNKNOWN;
        if (entry.name().equalsString("makeConcatWithConstants")
                && entry.bootstrap().arguments().getFirst() instanceof StringEntry recipe) {
            result = load(Texts.ofRecipe(recipe.stringValue(), arguments, spot()));
        }
        for (var argument : entry.bootstrap().arguments()) {
            if (argument instanceof MethodHandleEntry handle) {
                named(handle);
            }
        }
        frame.push(result, TypeKind.from(type.returnType()));
    }

    private void named(MethodHandleEntry handle) {
        MethodName name =
                new MethodName(
                        handle.reference().owner().asInternalName(),
                        handle.reference().name().stringValue(),
                        handle.reference().type().stringValue());
        steps.add(new Step.Call(name, List.of(), spot(), ""));
    }

    private Value.Text load(Value.Text text) {
        steps.add(new Step.Load(text, ""));
        return text;
    }

    private Spot spot() {
        return new Spot(method.owner(), line);
    }
}
