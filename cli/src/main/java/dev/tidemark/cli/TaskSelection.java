package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Graph;
import dev.tidemark.core.TaskKey;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tasks of a run that a command is about: {@code train}, or one element, {@code train[3]}. */
final class TaskSelection {
    private static final Pattern LABEL = Pattern.compile("(.+?)(?:\\[(\\d{1,6})])?");

    private final Given<List<String>> positional;
    private final Given<Set<String>> options;

    TaskSelection(Syntax syntax) {
        positional = syntax.parameters("TASK", "A task's name, or train[3] for one element.");
        options = syntax.anyNumber("--task=TASK", "The same. May be given more than once.");
    }

    /** What was given, each once. */
    Set<String> labels() {
        Set<String> labels = new LinkedHashSet<>(positional.value());
        labels.addAll(options.value());
        return labels;
    }

    /**
     * The tasks that are meant; none where none was given.
     *
     * @throws TidemarkException where the run has no such task
     */
    List<TaskKey> of(RunView run, StoreReader store) {
        List<String> names = List.copyOf(graph(run, store).names());
        List<TaskKey> keys = new ArrayList<>();
        for (String label : labels()) {
            Matcher parts = LABEL.matcher(label);
            if (!parts.matches() || !names.contains(parts.group(1))) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "there is no task '" + label + "'; the tasks are " + names);
            }
            int element = parts.group(2) == null ? TaskKey.NONE : Integer.parseInt(parts.group(2));
            keys.add(new TaskKey(run.number(), parts.group(1), element));
        }
        return keys;
    }

    static Graph graph(RunView run, StoreReader store) {
        return new Graph(
                run.version(), store.definition(run.pipeline(), run.version()).orElseThrow());
    }
}
