package dev.tidemark.cli.inspect;

/**
 * One thing that a method's code does with another class.
 *
 * @param line in the source, 0 where it is not known
 */
record Use(Kind kind, MethodName what, int line) {
    /** What it does. */
    enum Kind {
        /** Calls the method, or makes something that does. To call a constructor is to make one. */
        CALL,
        /** Makes the code of a task of the method. */
        TASK,
        /** Has the class initialised; the name is that of a field, or empty. */
        TOUCH,
        /** Sets a static field, and so has its class initialised. */
        SET
    }
}
