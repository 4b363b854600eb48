package dev.tidemark.core;

import static dev.tidemark.core.TriggerRules.Verdict.RUN;
import static dev.tidemark.core.TriggerRules.Verdict.SKIP;
import static dev.tidemark.core.TriggerRules.Verdict.UPSTREAM_FAILED;
import static dev.tidemark.core.TriggerRules.Verdict.WAIT;

import dev.tidemark.TriggerRule;
import dev.tidemark.core.TriggerRules.Verdict;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The table of trigger rules, read a second time: line by line, from the states themselves, slow
 * and without any counting. Tests compare the real rules with it.
 */
final class RuleOracle {
    private static final Predicate<TaskState> S = TaskState.SUCCEEDED::equals;
    private static final Predicate<TaskState> K = TaskState.SKIPPED::equals;
    private static final Predicate<TaskState> UF = TaskState.UPSTREAM_FAILED::equals;

    /** Failed by itself; a cancelled upstream counts as such. */
    private static final Predicate<TaskState> OWN =
            Set.of(TaskState.FAILED, TaskState.CANCELLED)::contains;

    private static final Predicate<TaskState> F = OWN.or(UF);
    private static final Predicate<TaskState> DONE = S.or(K).or(F);

    private final List<TaskState> up;

    private RuleOracle(List<TaskState> upstreams) {
        this.up = upstreams;
    }

    static Verdict verdict(TriggerRule rule, List<TaskState> upstreams) {
        return upstreams.isEmpty() ? RUN : new RuleOracle(upstreams).judge(rule);
    }

    private Verdict judge(TriggerRule rule) {
        return switch (rule) {
            case ALL_SUCCESS -> all(S) ? RUN : any(F) ? UPSTREAM_FAILED : any(K) ? SKIP : WAIT;
            case ALL_FAILED -> all(F) ? RUN : any(S.or(K)) ? SKIP : WAIT;
            case ALL_DONE -> all(DONE) ? RUN : WAIT;
            case ALL_DONE_MIN_ONE_SUCCESS -> {
                if (any(K)) {
                    yield SKIP;
                }
                yield all(DONE) && any(S) ? RUN : all(DONE) ? UPSTREAM_FAILED : WAIT;
            }
            case ONE_SUCCESS -> any(S) ? RUN : all(K) ? SKIP : all(DONE) ? UPSTREAM_FAILED : WAIT;
            case ONE_FAILED -> any(F) ? RUN : all(DONE) ? SKIP : WAIT;
            case ONE_DONE -> any(S.or(OWN)) ? RUN : all(DONE) ? SKIP : WAIT;
            case NONE_FAILED -> all(S.or(K)) ? RUN : any(F) ? UPSTREAM_FAILED : WAIT;
            case NONE_FAILED_MIN_ONE_SUCCESS ->
                    all(S.or(K)) && any(S) ? RUN : any(F) ? UPSTREAM_FAILED : all(K) ? SKIP : WAIT;
            case NONE_SKIPPED -> any(K) ? SKIP : all(DONE) ? RUN : WAIT;
            case ALL_SKIPPED -> all(K) ? RUN : any(S.or(F)) ? SKIP : WAIT;
            case ALWAYS -> RUN;
        };
    }

    private boolean all(Predicate<TaskState> condition) {
        return up.stream().allMatch(condition);
    }

    private boolean any(Predicate<TaskState> condition) {
        return up.stream().anyMatch(condition);
    }

    /** The states of all instances that a task of a run waits for. */
    static List<TaskState> upstreams(Run run, String task) {
        return run.graph().task(task).edges().upstreams().stream()
                .flatMap(name -> run.node(name).instances().stream())
                .map(TaskInstance::state)
                .toList();
    }
}
