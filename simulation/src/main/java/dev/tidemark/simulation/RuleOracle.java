package dev.tidemark.simulation;

import dev.tidemark.TriggerRule;
import dev.tidemark.core.TaskState;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The table of trigger rules, read a second time: from the states, without any counting. */
final class RuleOracle {
    /** What a rule says of how a task's upstreams stand. */
    enum Says {
        WAIT,
        RUN,
        SKIP,
        FAIL
    }

    private static final Predicate<TaskState> SUCCESS = TaskState.SUCCEEDED::equals;
    private static final Predicate<TaskState> SKIPPED = TaskState.SKIPPED::equals;

    /** Failed by itself; a cancelled upstream counts as such. */
    private static final Predicate<TaskState> OWN =
            Set.of(TaskState.FAILED, TaskState.CANCELLED)::contains;

    private static final Predicate<TaskState> FAILED = OWN.or(TaskState.UPSTREAM_FAILED::equals);
    private static final Predicate<TaskState> DONE = SUCCESS.or(SKIPPED).or(FAILED);

    private final List<TaskState> up;

    private RuleOracle(List<TaskState> upstreams) {
        this.up = upstreams;
    }

    static Says says(TriggerRule rule, List<TaskState> upstreams) {
        return upstreams.isEmpty() ? Says.RUN : new RuleOracle(upstreams).of(rule);
    }

    private Says of(TriggerRule rule) {
        boolean done = all(DONE);
        return switch (rule) {
            case ALL_SUCCESS ->
                    all(SUCCESS)
                            ? Says.RUN
                            : any(FAILED) ? Says.FAIL : any(SKIPPED) ? Says.SKIP : Says.WAIT;
            case ALL_FAILED ->
                    all(FAILED) ? Says.RUN : any(SUCCESS.or(SKIPPED)) ? Says.SKIP : Says.WAIT;
            case ALL_DONE -> done ? Says.RUN : Says.WAIT;
            case ALL_DONE_MIN_ONE_SUCCESS ->
                    any(SKIPPED)
                            ? Says.SKIP
                            : !done ? Says.WAIT : any(SUCCESS) ? Says.RUN : Says.FAIL;
            case ONE_SUCCESS ->
                    any(SUCCESS)
                            ? Says.RUN
                            : all(SKIPPED) ? Says.SKIP : done ? Says.FAIL : Says.WAIT;
            case ONE_FAILED -> any(FAILED) ? Says.RUN : done ? Says.SKIP : Says.WAIT;
            case ONE_DONE -> any(SUCCESS.or(OWN)) ? Says.RUN : done ? Says.SKIP : Says.WAIT;
            case NONE_FAILED -> any(FAILED) ? Says.FAIL : done ? Says.RUN : Says.WAIT;
            case NONE_FAILED_MIN_ONE_SUCCESS ->
                    any(FAILED)
                            ? Says.FAIL
                            : !done ? Says.WAIT : any(SUCCESS) ? Says.RUN : Says.SKIP;
            case NONE_SKIPPED -> any(SKIPPED) ? Says.SKIP : done ? Says.RUN : Says.WAIT;
            case ALL_SKIPPED ->
                    all(SKIPPED) ? Says.RUN : any(SUCCESS.or(FAILED)) ? Says.SKIP : Says.WAIT;
            case ALWAYS -> Says.RUN;
        };
    }

    private boolean all(Predicate<TaskState> condition) {
        return up.stream().allMatch(condition);
    }

    private boolean any(Predicate<TaskState> condition) {
        return up.stream().anyMatch(condition);
    }
}
