package dev.tidemark.cli.flow;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What stands on the stack and in the variables of a method at a moment. A long and a double take
 * two places, as the JVM counts them. A stack that has less than is taken gives unknown values.
 */
final class Frame {
    private final List<Value> stack;
    private final Map<Integer, Value> variables;

    Frame() {
        this(new ArrayList<>(), new HashMap<>());
    }

    private Frame(List<Value> stack, Map<Integer, Value> variables) {
        this.stack = stack;
        this.variables = variables;
    }

    Frame copy() {
        return new Frame(new ArrayList<>(stack), new HashMap<>(variables));
    }

    void push(Value value, TypeKind type) {
        for (int i = 1; i < type.slotSize(); i++) {
            stack.add(Value.UNKNOWN);
        }
        if (type != TypeKind.VOID) {
            stack.add(value);
        }
    }

    void push(TypeKind type) {
        push(Value.UNKNOWN, type);
    }

    Value pop() {
        return stack.isEmpty() ? Value.UNKNOWN : stack.removeLast();
    }

    Value pop(TypeKind type) {
        if (type == TypeKind.VOID) {
            return Value.UNKNOWN;
        }
        Value top = pop();
        pop(type.slotSize() - 1);
        return top;
    }

    void pop(int places) {
        for (int i = 0; i < places; i++) {
            pop();
        }
    }

    void clear() {
        stack.clear();
    }

    /** Takes the topmost values, the deepest first. */
    private List<Value> take(int places) {
        List<Value> taken = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            taken.add(pop());
        }
        Collections.reverse(taken);
        return taken;
    }

    /** Copies or moves the topmost values about. */
    void arrange(Opcode how) {
        switch (how) {
            case POP -> pop(1);
            case POP2 -> pop(2);
            case DUP -> repeat(1, 0);
            case DUP_X1 -> repeat(1, 1);
            case DUP_X2 -> repeat(1, 2);
            case DUP2 -> repeat(2, 0);
            case DUP2_X1 -> repeat(2, 1);
            case DUP2_X2 -> repeat(2, 2);
            case SWAP -> {
                Value top = pop();
                Value below = pop();
                stack.add(top);
                stack.add(below);
            }
            default -> throw new IllegalArgumentException("does not arrange a stack: " + how);
        }
    }

    private void repeat(int places, int beneath) {
        List<Value> top = take(places);
        List<Value> passed = take(beneath);
        stack.addAll(top);
        stack.addAll(passed);
        stack.addAll(top);
    }

    Value variable(int slot) {
        return variables.getOrDefault(slot, Value.UNKNOWN);
    }

    void set(int slot, Value value) {
        variables.put(slot, value);
    }

    /** What holds whichever of two ways code came. */
    Frame or(Frame other) {
        List<Value> both = new ArrayList<>();
        int depth = Math.min(stack.size(), other.stack.size());
        for (int i = 0; i < depth; i++) {
            both.add(either(stack.get(i), other.stack.get(i)));
        }
        Map<Integer, Value> shared = new HashMap<>();
        variables.forEach(
                (slot, value) -> {
                    if (Objects.equals(value, other.variables.get(slot))) {
                        shared.put(slot, value);
                    }
                });
        return new Frame(both, shared);
    }

    private static Value either(Value one, Value other) {
        return one.equals(other) ? one : Value.UNKNOWN;
    }
}
