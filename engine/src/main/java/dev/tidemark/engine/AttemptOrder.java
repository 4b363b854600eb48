package dev.tidemark.engine;

import dev.tidemark.Boundary;
import dev.tidemark.FencingToken;
import dev.tidemark.Partition;
import dev.tidemark.core.TaskKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An attempt to be run: all that an executor needs to know of it, as plain data.
 *
 * @param key the task instance
 * @param writer who it is, for evidence
 * @param token its right to publish
 * @param scope the piece it owns, and its run's parameters
 * @param arguments what its code takes, in order
 */
public record AttemptOrder(
        TaskKey key,
        Boundary.Writer writer,
        FencingToken token,
        Scope scope,
        List<Argument> arguments) {
    /**
     * What an attempt is about.
     *
     * @param previous the piece before, where the schedule has one
     * @param parameters all of the run's parameters as text, defaults included
     */
    public record Scope(
            Partition partition, Optional<Partition> previous, Map<String, String> parameters) {}

    /** One result that the code takes. */
    public sealed interface Argument {
        /** The task it comes from. */
        String task();

        /** A result. */
        record Value(String task, String json) implements Argument {}

        /** A result that may be missing. */
        record Perhaps(String task, Optional<String> json) implements Argument {}

        /** The results of all instances of a mapped task that succeeded. */
        record All(String task, List<String> json) implements Argument {}

        /** One element of a list. */
        record Element(String task, String json, int element) implements Argument {}
    }
}
