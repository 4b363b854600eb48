package dev.tidemark.cli.inspect;

import java.util.Optional;

/**
 * Code of the author's that is called.
 *
 * @param method the method
 * @param field in a class's initialiser, only what gives this static field its value, or, where
 *     empty, what gives none; nothing where all of the method counts
 */
public record ReachedCode(MethodName method, Optional<String> field) {}
