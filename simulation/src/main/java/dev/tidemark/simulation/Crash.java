package dev.tidemark.simulation;

/** The death of a process, on its way out of whatever it did. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process died", null, false, false);
    }
}
