package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorClass;
import dev.tidemark.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RetryRuleTest {
    private static final Retry EXACT = Retry.anyError(20).exponential("1s", "1m").jitter(0);

    @Test
    void pausesDoubleUpToTheCeiling() {
        List<Long> seconds = new ArrayList<>();
        for (int retries = 0; retries < 9; retries++) {
            seconds.add(pause(EXACT, ErrorClass.TRANSIENT, retries, 1).orElseThrow().toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void theLastRetryOfTheLongestPolicyStillPausesForTheCeiling() {
        Retry longest = Retry.transientErrors(Retry.MAX_RETRIES).exponential("1s", "5m").jitter(0);
        assertThat(pause(longest, ErrorClass.TRANSIENT, Retry.MAX_RETRIES - 1, 1))
                .contains(Duration.ofMinutes(5));
    }

    @Test
    void aFixedPauseStaysTheSame() {
        Retry fixed = Retry.transientErrors(3).fixed("7s");
        assertThat(pause(fixed, ErrorClass.TRANSIENT, 0, 1)).contains(Duration.ofSeconds(7));
        assertThat(pause(fixed, ErrorClass.TRANSIENT, 2, 9)).contains(Duration.ofSeconds(7));
    }

    @Test
    void jitterOnlyShortensAndNoMoreThanItMay() {
        Retry jittered = Retry.transientErrors(1).fixed("100s").jitter(0.2);
        List<Duration> pauses = new ArrayList<>();
        for (long token = 1; token <= 10_000; token++) {
            pauses.add(pause(jittered, ErrorClass.TRANSIENT, 0, token).orElseThrow());
        }
        assertThat(pauses)
                .allSatisfy(
                        pause ->
                                assertThat(pause)
                                        .isBetween(
                                                Duration.ofSeconds(80), Duration.ofSeconds(100)));
        assertThat(pauses.stream().mapToLong(Duration::toMillis).average().orElseThrow())
                .isBetween(89_500.0, 90_500.0);
        assertThat(pauses.stream().distinct().count()).isGreaterThan(5_000);
    }

    @Test
    void theSameTokenGivesTheSamePause() {
        Retry jittered = Retry.transientErrors(5).exponential("1s", "1m").jitter(1);
        for (long token = 1; token < 100; token++) {
            assertThat(pause(jittered, ErrorClass.TRANSIENT, 3, token))
                    .isEqualTo(pause(jittered, ErrorClass.TRANSIENT, 3, token));
        }
    }

    @ParameterizedTest(name = "own pause {0} s, asked for {1} s: {2} s")
    @CsvSource({"8, 5, 8", "8, 8, 8", "8, 90, 90", "8, 0, 8"})
    void theOtherSideIsGrantedALongerPauseButNoShorterOne(long own, long asked, long paused) {
        Retry fixed = Retry.transientErrors(1).fixed(own + "s");
        assertThat(
                        RetryRule.pause(
                                fixed,
                                ErrorClass.RATE_LIMITED,
                                0,
                                Optional.of(Duration.ofSeconds(asked)),
                                1))
                .contains(Duration.ofSeconds(paused));
    }

    @Test
    void nobodyIsGrantedAPauseWithoutEnd() {
        assertThat(
                        RetryRule.pause(
                                EXACT,
                                ErrorClass.RATE_LIMITED,
                                0,
                                Optional.of(Duration.ofSeconds(Long.MAX_VALUE)),
                                1))
                .contains(RetryRule.MAX_PAUSE);
    }

    @ParameterizedTest(name = "{0}: transientErrors {1}, anyError {2}")
    @CsvSource({
        "TRANSIENT, true, true",
        "RATE_LIMITED, true, true",
        "UNKNOWN, false, true",
        "PERMANENT, false, false",
        "REJECTED, false, false"
    })
    void theNameOfAPolicySaysWhatItRetries(
            ErrorClass errorClass, boolean transientErrors, boolean anyError) {
        assertThat(pause(Retry.transientErrors(2), errorClass, 0, 1).isPresent())
                .isEqualTo(transientErrors);
        assertThat(pause(Retry.anyError(2), errorClass, 0, 1).isPresent()).isEqualTo(anyError);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAPolicyNothingIsRetried(ErrorClass errorClass) {
        assertThat(pause(Retry.none(), errorClass, 0, 1)).isEmpty();
    }

    @Test
    void aClassMayHaveALimitOfItsOwn() {
        Retry policy = Retry.transientErrors(5).limit(ErrorClass.UNKNOWN, 1);
        assertThat(pause(policy, ErrorClass.UNKNOWN, 0, 1)).isPresent();
        assertThat(pause(policy, ErrorClass.UNKNOWN, 1, 1)).isEmpty();
        assertThat(pause(policy, ErrorClass.TRANSIENT, 4, 1)).isPresent();
        assertThat(pause(policy, ErrorClass.TRANSIENT, 5, 1)).isEmpty();
    }

    private static Optional<Duration> pause(
            Retry policy, ErrorClass errorClass, int retries, long token) {
        return RetryRule.pause(policy, errorClass, retries, Optional.empty(), token);
    }
}
