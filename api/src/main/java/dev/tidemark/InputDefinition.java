package dev.tidemark;

/**
 * What a task takes from another one.
 *
 * @param task the task whose result is taken
 * @param form in which form
 */
public record InputDefinition(String task, Form form) {
    /** The form in which a result is taken. */
    public enum Form {
        /** The result; the taking task cannot run without it. */
        RESULT,
        /** The result, or null where the task did not succeed. */
        OPTIONAL,
        /**
         * A list of the results of all instances of a mapped task, in the order of its elements.
         */
        GATHERED,
        /** One element of the resulting list for each instance of the taking task. */
        ELEMENT
    }
}
