package dev.tidemark.simulation;

/** Something that must always hold does not. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String invariant, String message) {
        super(invariant + ": " + message);
    }
}
