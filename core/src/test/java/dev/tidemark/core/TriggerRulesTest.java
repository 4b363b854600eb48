package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.TriggerRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the table of trigger rules, over all combinations of up to four upstreams. */
final class TriggerRulesTest {
    private static final int MOST_UPSTREAMS = 4;
    private static final List<TaskState> STATES =
            List.of(
                    TaskState.WAITING,
                    TaskState.RUNNING,
                    TaskState.SUCCEEDED,
                    TaskState.SKIPPED,
                    TaskState.FAILED,
                    TaskState.UPSTREAM_FAILED,
                    TaskState.CANCELLED);

    @ParameterizedTest
    @EnumSource
    void aRuleSaysWhatTheTableSays(TriggerRule rule) {
        for (List<TaskState> upstreams : combinations(MOST_UPSTREAMS)) {
            assertThat(TriggerRules.judge(rule, tally(upstreams)))
                    .as("%s over %s", rule, upstreams)
                    .isEqualTo(RuleOracle.verdict(rule, upstreams));
        }
    }

    /** Once an upstream has ended it stays so; then "run" must not turn into anything else. */
    @ParameterizedTest
    @EnumSource
    void aTaskThatMayRunMayStillRunWhenMoreUpstreamsEnd(TriggerRule rule) {
        for (List<TaskState> upstreams : combinations(3)) {
            if (TriggerRules.judge(rule, tally(upstreams)) == TriggerRules.Verdict.RUN) {
                for (List<TaskState> later : completions(upstreams)) {
                    assertThat(TriggerRules.judge(rule, tally(later)))
                            .as("%s over %s, then %s", rule, upstreams, later)
                            .isEqualTo(TriggerRules.Verdict.RUN);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingWaitsForUpstreamsThatHaveAllEnded(TriggerRule rule) {
        for (List<TaskState> upstreams : combinations(MOST_UPSTREAMS)) {
            if (upstreams.stream().allMatch(TaskState::isFinal)) {
                assertThat(TriggerRules.judge(rule, tally(upstreams)))
                        .as("%s over %s", rule, upstreams)
                        .isNotEqualTo(TriggerRules.Verdict.WAIT);
            }
        }
    }

    private static Tally tally(List<TaskState> upstreams) {
        return new Tally(
                upstreams.size(),
                count(upstreams, TaskState.SUCCEEDED),
                count(upstreams, TaskState.SKIPPED),
                count(upstreams, TaskState.FAILED) + count(upstreams, TaskState.CANCELLED),
                count(upstreams, TaskState.UPSTREAM_FAILED));
    }

    private static int count(List<TaskState> upstreams, TaskState state) {
        return (int) upstreams.stream().filter(state::equals).count();
    }

    private static List<List<TaskState>> combinations(int most) {
        List<List<TaskState>> all = new ArrayList<>();
        List<List<TaskState>> ofLength = List.of(List.of());
        for (int length = 0; length <= most; length++) {
            all.addAll(ofLength);
            ofLength = longer(ofLength);
        }
        return all;
    }

    private static List<List<TaskState>> longer(List<List<TaskState>> lists) {
        return lists.stream()
                .flatMap(list -> STATES.stream().map(state -> plus(list, state)))
                .toList();
    }

    private static List<TaskState> plus(List<TaskState> list, TaskState state) {
        List<TaskState> more = new ArrayList<>(list);
        more.add(state);
        return more;
    }

    /** All ways in which those that have not ended may end. */
    private static List<List<TaskState>> completions(List<TaskState> upstreams) {
        List<List<TaskState>> lists = List.of(List.of());
        for (TaskState state : upstreams) {
            List<TaskState> possible =
                    state.isFinal()
                            ? List.of(state)
                            : STATES.stream().filter(TaskState::isFinal).toList();
            lists =
                    lists.stream()
                            .flatMap(list -> possible.stream().map(one -> plus(list, one)))
                            .toList();
        }
        return lists;
    }
}
