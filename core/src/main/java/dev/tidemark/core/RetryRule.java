package dev.tidemark.core;

import dev.tidemark.ErrorClass;
import dev.tidemark.Retry;
import java.time.Duration;
import java.util.Optional;

/** Whether a failed attempt is followed by another, and after what pause. */
public final class RetryRule {
    /** How often one instance may lose its surroundings before it is given up. */
    public static final int MAX_LOSSES = 3;

    /** The longest pause that the other side is granted. */
    static final Duration MAX_PAUSE = Duration.ofDays(365);

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private RetryRule() {}

    /**
     * The pause before the next attempt; empty where the error is final.
     *
     * @param retries how many retries this try has had already
     * @param asked the least pause that the other side asked for; granted up to {@link #MAX_PAUSE}
     * @param seed decides the jitter, so that the same history gives the same pause
     */
    public static Optional<Duration> pause(
            Retry policy, ErrorClass errorClass, int retries, Optional<Duration> asked, long seed) {
        if (retries >= policy.limits().getOrDefault(errorClass, 0)) {
            return Optional.empty();
        }
        Duration pause = jittered(policy.backoff(), backoff(policy.backoff(), retries), seed);
        Duration least = asked.filter(it -> it.compareTo(pause) > 0).orElse(pause);
        return Optional.of(least.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : least);
    }

    private static double backoff(Retry.Backoff backoff, int retries) {
        double pauseMillis =
                (double) backoff.first().toMillis() * Math.pow(backoff.factor(), retries);
        return Math.min(pauseMillis, (double) backoff.ceiling().toMillis());
    }

    private static Duration jittered(Retry.Backoff backoff, double pauseMillis, long seed) {
        return Duration.ofMillis(Math.round(pauseMillis * (1 - backoff.jitter() * unit(seed))));
    }

    /** A number in [0, 1) that looks random: the finaliser of SplitMix64. */
    private static double unit(long seed) {
        long mixed = seed * GOLDEN_GAMMA;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
