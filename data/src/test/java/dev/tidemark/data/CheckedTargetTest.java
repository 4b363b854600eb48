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

    /** The table that is compared with lies beside the one that is written, as it often does. */
    @ParameterizedTest
    @EnumSource(names = {"DUCKDB", "SQLITE"})
    void whatIsComparedWithMayLieInTheSameDatabase(CheckedTarget.Kind kind) {
        CheckedTarget target = CheckedTarget.in(kind, home);
        FakeBoundary attempt = attempt(1);
        Check known =
                Check.exists(
                        "code",
                        target.database().query("codes", "SELECT code FROM checked"),
                        "code");
        Check counted =
                Check.rowsAnnouncedBy(
                        target.database().query("count", "SELECT count(*) AS n FROM checked"));
        Check asked =
                Check.noRows(
                        "unknown codes",
                        "SELECT * FROM staged WHERE code NOT IN (SELECT code FROM checked)");
        assertThat(
                        target.publish(
                                attempt,
                                CheckedTarget.rows(CheckedTarget.DAY, 10),
                                known.warn(),
                                counted.warn(),
                                asked.warn()))
                .extracting(CheckResult::actual)
                .containsExactly(
                        "2 other rows, such as [A8]",
                        "10: 10 accepted, 0 rejected, 0 filtered",
                        "2 rows, such as {moment="
                                + (kind == CheckedTarget.Kind.DUCKDB
                                        ? "2001-02-03 16:00:00.0"
                                        : "2001-02-03 16:00:00.000000")
                                + ", origin=DEN, delay=8, ratio=0.8, code=A8}");
        assertThat(attempt.consumptions()).isEmpty();
    }

    private FakeBoundary attempt(long token) {
        return FakeBoundary.attempt(home, CheckedTarget.DAY, token);
    }
}
