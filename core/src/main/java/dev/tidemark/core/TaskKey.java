package dev.tidemark.core;

/**
 * Names a task instance.
 *
 * @param run the run's number
 * @param task the task's name
 * @param element which element of a list it is for, from 0; {@link #NONE} for a task that is not
 *     mapped, or not expanded yet
 */
public record TaskKey(long run, String task, int element) {
    public static final int NONE = -1;

    /** The name for people: {@code train}, or {@code train[3]}. */
    public String label() {
        return element == NONE ? task : task + "[" + element + "]";
    }
}
