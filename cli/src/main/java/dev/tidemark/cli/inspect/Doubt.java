package dev.tidemark.cli.inspect;

/**
 * Something in a task's code that may leave traces outside.
 *
 * @param reason one line, with the place in the source
 */
record Doubt(Kind kind, String reason) {
    /** What kind of trace; the sooner, the rather it is what a user is told. */
    enum Kind {
        /** Nobody sees it, or what it is cannot be told. */
        HIDDEN,
        /** A file, wherever it is. */
        FILE,
        /** A path into the data folder, with which something is about to be done. */
        PATH
    }
}
