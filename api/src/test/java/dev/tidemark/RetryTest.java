package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryTest {
    @Test
    void thePolicyIsWhatItsNameSays() {
        assertThat(Retry.none().limits()).isEmpty();
        assertThat(Retry.transientErrors(5).limits())
                .isEqualTo(Map.of(ErrorClass.TRANSIENT, 5, ErrorClass.RATE_LIMITED, 5));
        assertThat(Retry.anyError(3).limits())
                .isEqualTo(
                        Map.of(
                                ErrorClass.TRANSIENT, 3,
                                ErrorClass.RATE_LIMITED, 3,
                                ErrorClass.UNKNOWN, 3));
    }

    @Test
    void pausesAreKeptAsTheyWereSaid() {
        Retry.Backoff backoff = Retry.anyError(1).exponential("500ms", "2h").jitter(0.5).backoff();
        assertThat(backoff)
                .isEqualTo(new Retry.Backoff(Duration.ofMillis(500), Duration.ofHours(2), 2, 0.5));
        assertThat(Retry.anyError(1).fixed("1d").backoff())
                .isEqualTo(new Retry.Backoff(Duration.ofDays(1), Duration.ofDays(1), 1, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"PERMANENT", "REJECTED"})
    void anErrorThatWouldComeAgainCannotBeRetriedInAnyWay(ErrorClass errorClass) {
        String message = errorClass + " errors are never retried";
        refused(message, () -> Retry.none().limit(errorClass, 1));
        refused(message, () -> new Retry(Map.of(errorClass, 1), Retry.none().backoff()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_001})
    void theNumberOfRetriesHasLimits(int retries) {
        refused("retries must be 0 to 1000, not " + retries, () -> Retry.anyError(retries));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void jitterIsAPart(double part) {
        refused("jitter must be 0 to 1, not " + part, () -> Retry.none().jitter(part));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9, 10.1, Double.NaN, Double.POSITIVE_INFINITY})
    void pausesGrowModestly(double factor) {
        refused(
                "factor must be 1 to 10",
                () -> new Retry.Backoff(Duration.ofSeconds(1), Duration.ofDays(1), factor, 0));
    }

    @Test
    void theCeilingIsNotBelowTheFirstPause() {
        refused("is shorter than the first", () -> Retry.none().exponential("2m", "1m"));
    }

    @Test
    void noPauseIsNegative() {
        refused(
                "a pause of PT-1S is no pause",
                () -> new Retry.Backoff(Duration.ofSeconds(-1), Duration.ofDays(1), 1, 0));
    }

    private static void refused(
            String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
                .hasMessageContaining(message);
    }
}
