package dev.tidemark.cli.inspect;

import java.util.Optional;

/**
 * Code that a walk goes through at once.
 *
 * @param method the method it belongs to
 * @param field in a class's initialiser, what gives this static field its value; empty text for
 *     what gives none. Nothing for all of a method
 */
record Stretch(MethodName method, Optional<String> field) {
    static Stretch all(MethodName method) {
        return new Stretch(method, Optional.empty());
    }

    /** The part of a class's initialiser that gives a field its value. */
    static Stretch initialising(String owner, String field) {
        return new Stretch(
                new MethodName(owner, MethodName.INITIALISER, "()V"), Optional.of(field));
    }
}
