package dev.tidemark.cli.flow;

import dev.tidemark.cli.inspect.MethodName;
import java.util.List;

/** Something that code does, as far as anybody asks for it. */
public sealed interface Step {
    /** Where it stands. */
    Spot spot();

    /**
     * In a class's initialiser, the static field whose value it leads up to; else empty. In any
     * other method empty.
     */
    String field();

    /**
     * Calls a method, or names it for somebody to call, then without arguments.
     *
     * @param arguments the object first, where there is one
     */
    record Call(MethodName method, List<Value> arguments, Spot spot, String field) implements Step {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Reads a static field. */
    record Read(String owner, String name, Spot spot, String field) implements Step {}

    /** Loads a text, or puts one together. */
    record Load(Value.Text text, String field) implements Step {
        @Override
        public Spot spot() {
            return text.spot();
        }
    }
}
