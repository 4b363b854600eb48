package dev.tidemark.core;

import dev.tidemark.TaskDefinition;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which tasks of a run begin anew. */
final class Reopening {
    private Reopening() {}

    static Set<TaskKey> toClear(Run run, Graph graph, BackfillPlan.Action action) {
        Set<TaskKey> keys = new LinkedHashSet<>();
        Set<String> whole = new HashSet<>();
        for (String name : graph.names()) {
            if (action == BackfillPlan.Action.RERUN_ALL || isChanged(run, graph, name)) {
                whole.add(name);
            } else if (action == BackfillPlan.Action.RERUN_FAILED || isOtherCode(run, graph)) {
                clearWrong(run, name, keys);
            }
        }
        Set<String> below = new HashSet<>(whole);
        keys.forEach(key -> below.addAll(graph.downstreams(key.task())));
        for (String name : graph.withDownstream(below)) {
            keys.removeIf(key -> key.task().equals(name));
            keys.add(new TaskKey(run.number(), name, TaskKey.NONE));
        }
        return keys;
    }

    private static void clearWrong(Run run, String name, Set<TaskKey> keys) {
        for (TaskInstance instance : run.node(name).instances()) {
            if (instance.state().wentWrong()) {
                keys.add(instance.key());
            }
        }
    }

    /** What failed under the old code has its chance under the new. */
    private static boolean isOtherCode(Run run, Graph graph) {
        return !run.graph().version().equals(graph.version());
    }

    /** New tasks, and tasks that wait for something else than before. */
    private static boolean isChanged(Run run, Graph graph, String name) {
        if (!run.graph().has(name)) {
            return true;
        }
        TaskDefinition before = run.graph().task(name);
        return !before.edges().equals(graph.task(name).edges());
    }
}
