package dev.tidemark.simulation;

import dev.tidemark.InputDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.Change;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskResult;
import dev.tidemark.core.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What leaves waiting does so because its trigger rule says so of what is committed. */
final class GateHolds extends Invariant {
    private final Ledger ledger;

    GateHolds(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.TaskMoved it && isByHand(it)) {
            check(it.from() == TaskState.WAITING || it.to() == TaskState.CANCELLED, it, "by hand");
        } else if (change instanceof Change.TaskMoved it) {
            check(it.to() != TaskState.SUCCEEDED, it, "without an attempt, and by nobody");
            left(it.task(), it.to());
        } else if (change instanceof Change.AttemptStarted it) {
            left(it.task(), TaskState.RUNNING);
        } else if (change instanceof Change.TaskExpanded it) {
            expanded(it);
        }
    }

    private static boolean isByHand(Change.TaskMoved it) {
        return it.reason().startsWith("marked by hand");
    }

    private void left(TaskKey key, TaskState to) {
        if (to == TaskState.CANCELLED) {
            return;
        }
        RunRecord run = ledger.run(key.run());
        TaskDefinition task = run.task(key.task());
        // An element that waits again needs a list as much as a task that is not expanded yet.
        boolean listTaken =
                task.edges().mapsOver().isPresent()
                        && (!run.isExpanded(key.task()) || list(run, task).result == null);
        RuleOracle.Says says = RuleOracle.says(task.edges().rule(), run.upstreams(key.task()));
        List<TaskState> allowed =
                switch (says) {
                    case WAIT -> List.of();
                    case SKIP -> List.of(TaskState.SKIPPED);
                    case FAIL -> List.of(TaskState.UPSTREAM_FAILED);
                    case RUN ->
                            lacksResult(run, task)
                                    ? List.of(TaskState.FAILED)
                                    : listTaken
                                            ? withoutList(run, task)
                                            : List.of(TaskState.RUNNING, TaskState.QUEUED);
                };
        check(
                allowed.contains(to),
                key,
                "went to",
                to,
                "while the rule says",
                says,
                task.edges().rule(),
                run.upstreams(key.task()));
    }

    /** Whether it would take what somebody said had succeeded, and never left anything. */
    private static boolean lacksResult(RunRecord run, TaskDefinition task) {
        return task.edges().inputs().stream()
                .filter(
                        input ->
                                input.form() == InputDefinition.Form.RESULT
                                        || input.form() == InputDefinition.Form.GATHERED)
                .flatMap(input -> run.of(input.task()).stream())
                .anyMatch(it -> it.state == TaskState.SUCCEEDED && it.result == null);
    }

    /** What becomes of a task whose list cannot be taken. */
    private static List<TaskState> withoutList(RunRecord run, TaskDefinition task) {
        InstanceRecord list = list(run, task);
        @Nullable TaskResult result = list.result;
        if (!list.state.isFinal()) {
            return List.of();
        }
        if (result == null) {
            return List.of(
                    list.state == TaskState.SKIPPED
                            ? TaskState.SKIPPED
                            : TaskState.UPSTREAM_FAILED);
        }
        return switch (Integer.signum(result.elements())) {
            case 0 -> List.of(TaskState.SKIPPED);
            case -1 -> List.of(TaskState.FAILED);
            default -> List.of();
        };
    }

    private static InstanceRecord list(RunRecord run, TaskDefinition task) {
        return run.of(task.edges().mapsOver().orElseThrow()).getFirst();
    }

    private void expanded(Change.TaskExpanded it) {
        RunRecord run = ledger.run(it.run());
        TaskDefinition task = run.task(it.task());
        RuleOracle.Says says = RuleOracle.says(task.edges().rule(), run.upstreams(it.task()));
        check(says == RuleOracle.Says.RUN, it, "while the rule says", says);
        check(!run.isExpanded(it.task()), it, "a second time");
        @Nullable TaskResult result = list(run, task).result;
        check(
                result != null && result.elements() == it.elements(),
                it,
                "is not as long as its list:",
                String.valueOf(result));
    }
}
