package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.TaskDefinition;
import dev.tidemark.TriggerRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a finished run must look like, found without looking at how it came to be. */
final class RunOracle {
    private final Run run;

    private RunOracle(Run run) {
        this.run = run;
    }

    static void check(Run run) {
        RunOracle oracle = new RunOracle(run);
        for (TaskNode node : run.nodes()) {
            for (TaskInstance instance : node.instances()) {
                oracle.check(instance);
            }
        }
        assertThat(run.state()).isEqualTo(oracle.outcome());
    }

    /** An instance ran exactly if the table says so of its upstreams' final states. */
    private void check(TaskInstance instance) {
        TaskDefinition task = run.graph().task(instance.key().task());
        List<TaskState> upstreams = RuleOracle.upstreams(run, task.name());
        List<TaskState> allowed =
                switch (RuleOracle.verdict(task.edges().rule(), upstreams)) {
                    case WAIT -> List.of();
                    case SKIP -> List.of(TaskState.SKIPPED);
                    case UPSTREAM_FAILED -> upstreamFailed(task, upstreams);
                    case RUN -> ran(task, instance);
                };
        assertThat(allowed)
                .as("%s under %s after %s", instance.key(), task.edges().rule(), upstreams)
                .contains(instance.state());
        assertThat(instance.started() > 0)
                .as("%s had an attempt", instance.key())
                .isEqualTo(run.node(task.name()).isExpanded() || hadAttempt(task, instance));
    }

    /** Under all_success a skip may come before the failure, and decides at once. */
    private static List<TaskState> upstreamFailed(TaskDefinition task, List<TaskState> upstreams) {
        boolean skippedFirst =
                task.edges().rule() == TriggerRule.ALL_SUCCESS
                        && upstreams.contains(TaskState.SKIPPED);
        return skippedFirst
                ? List.of(TaskState.UPSTREAM_FAILED, TaskState.SKIPPED)
                : List.of(TaskState.UPSTREAM_FAILED);
    }

    private List<TaskState> ran(TaskDefinition task, TaskInstance instance) {
        if (task.edges().mapsOver().isEmpty() || instance.key().element() != TaskKey.NONE) {
            return List.of(TaskState.SUCCEEDED, TaskState.SKIPPED, TaskState.FAILED);
        }
        TaskInstance list = run.node(task.edges().mapsOver().get()).instances().getFirst();
        if (list.result().isPresent()) {
            return list.result().get().elements() == 0
                    ? List.of(TaskState.SKIPPED)
                    : List.of(TaskState.FAILED);
        }
        return list.state() == TaskState.SKIPPED
                ? List.of(TaskState.SKIPPED)
                : List.of(TaskState.UPSTREAM_FAILED);
    }

    private boolean hadAttempt(TaskDefinition task, TaskInstance instance) {
        boolean mayRun =
                RuleOracle.verdict(task.edges().rule(), RuleOracle.upstreams(run, task.name()))
                        == TriggerRules.Verdict.RUN;
        return mayRun
                && (task.edges().mapsOver().isEmpty() || instance.key().element() != TaskKey.NONE);
    }

    /**
     * A failure that is not forgiven fails the run. What could not run is judged by the failures
     * that it goes back to.
     */
    RunState outcome() {
        Set<String> guilty = new HashSet<>();
        for (TaskNode node : run.nodes()) {
            for (TaskInstance instance : node.instances()) {
                guilty.addAll(guilty(instance));
            }
        }
        guilty.removeIf(task -> run.graph().task(task).policy().mayFail());
        return guilty.isEmpty() ? RunState.SUCCEEDED : RunState.FAILED;
    }

    private Set<String> guilty(TaskInstance instance) {
        String task = instance.key().task();
        return switch (instance.state()) {
            case FAILED, CANCELLED -> Set.of(task);
            case UPSTREAM_FAILED -> {
                Set<String> guilty = new HashSet<>();
                for (String upstream : run.graph().upstreams(task)) {
                    for (TaskInstance cause : run.node(upstream).instances()) {
                        guilty.addAll(guilty(cause));
                    }
                }
                assertThat(guilty).as("the cause of %s", instance.key()).isNotEmpty();
                yield guilty;
            }
            case WAITING, QUEUED, RUNNING, RETRYING, SUCCEEDED, SKIPPED -> Set.of();
        };
    }
}
