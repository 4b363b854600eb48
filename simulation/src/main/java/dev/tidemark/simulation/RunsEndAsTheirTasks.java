package dev.tidemark.simulation;

import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskState;
import java.util.Set;
import java.util.TreeSet;

/** A run ends when all its tasks have, and as they did. */
final class RunsEndAsTheirTasks extends Invariant {
    private final Ledger ledger;

    RunsEndAsTheirTasks(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (!(change instanceof Change.RunMoved it) || !it.to().isFinal()) {
            return;
        }
        RunRecord run = ledger.run(it.run());
        for (InstanceRecord instance : run.instances()) {
            check(instance.state.isFinal(), it, "while:", instance);
        }
        if (it.to() != RunState.CANCELLED) {
            Set<String> guilty = new TreeSet<>();
            run.instances().forEach(instance -> guilty.addAll(guilty(run, instance)));
            guilty.removeIf(task -> run.task(task).policy().mayFail());
            check(
                    (it.to() == RunState.SUCCEEDED) == guilty.isEmpty(),
                    it,
                    "although these failed:",
                    guilty);
        }
    }

    /** What could not run is judged by the failures that it goes back to. */
    private static Set<String> guilty(RunRecord run, InstanceRecord instance) {
        Set<String> guilty = new TreeSet<>();
        String task = instance.key.task();
        if (instance.state == TaskState.FAILED || instance.state == TaskState.CANCELLED) {
            guilty.add(task);
        } else if (instance.state == TaskState.UPSTREAM_FAILED) {
            for (String upstream : run.task(task).edges().upstreams()) {
                run.of(upstream).forEach(cause -> guilty.addAll(guilty(run, cause)));
            }
        }
        return guilty;
    }
}
