package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check, on every kind of target: passing, failing, and only warning. */
class CheckedTargetTest {
    @TempDir Path home;

    static Stream<Arguments> everyCheckOnEveryTarget() {
        return Arrays.stream(CheckedTarget.Kind.values())
                .flatMap(kind -> CheckTrial.all().stream().map(trial -> Arguments.of(kind, trial)));
    }

    @ParameterizedTest
    @MethodSource("everyCheckOnEveryTarget")
    void whatPassesIsPublishedAndWhatFailsIsNot(CheckedTarget.Kind kind, CheckTrial trial) {
        CheckedTarget target = CheckedTarget.in(kind, home);
        assertThatThrownBy(
                        () ->
                                target.publish(
                                        attempt(1),
                                        CheckedTarget.rows(CheckedTarget.DAY, 10),
                                        trial.failing()))
                .satisfies(has(ErrorCode.CHECK_FAILED))
                .hasMessageContaining("1 of 1 checks failed")
                .hasMessageContaining(trial.found());
        assertThatThrownBy(() -> target.visible(2))
                .as("nothing is published")
                .satisfies(has(ErrorCode.INPUT_MISSING));

        FakeBoundary attempt = attempt(2);
        assertThat(
                        target.publish(
                                attempt,
                                CheckedTarget.rows(CheckedTarget.DAY, 10),
                                trial.passing(),
                                trial.failing().warn()))
                .extracting(CheckResult::verdict)
                .containsExactly(CheckResult.Verdict.PASSED, CheckResult.Verdict.WARNED);
        assertThat(target.visible(3)).hasSize(10);
        assertThat(attempt.consumptions()).as("what a check reads is no input").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void allThatFailedAreNamedAtOnce(CheckedTarget.Kind kind) {
        CheckedTarget target = CheckedTarget.in(kind, home);
        Check[] failing = CheckTrial.all().stream().map(CheckTrial::failing).toArray(Check[]::new);
        assertThatThrownBy(
                        () ->
                                target.publish(
                                        attempt(1),
                                        CheckedTarget.rows(CheckedTarget.DAY, 10),
                                        failing))
                .hasMessageContaining(
                        "%1$d of %1$d checks failed".formatted(CheckTrial.all().size()))
                .hasMessageContainingAll(
                        CheckTrial.all().stream().map(CheckTrial::found).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void aQuestionThatNobodyUnderstandsPublishesNothing(CheckedTarget.Kind kind) {
        CheckedTarget target = CheckedTarget.in(kind, home);
        assertThatThrownBy(
                        () ->
                                target.publish(
                                        attempt(1),
                                        CheckedTarget.rows(CheckedTarget.DAY, 10),
                                        Check.noRows("odd", "SELECT nothing FROM staged")))
                .satisfies(has(ErrorCode.INVALID_DEFINITION))
                .hasMessageContaining("check 'odd' could not be asked");
        assertThatThrownBy(() -> target.visible(2)).satisfies(has(ErrorCode.INPUT_MISSING));
    }

    private FakeBoundary attempt(long token) {
        return FakeBoundary.attempt(home, CheckedTarget.DAY, token);
    }
}
