package dev.tidemark;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which errors are tried again, how often, and after what pause.
 *
 * @param limits for each class the number of retries, that is, of attempts after the first; a class
 *     that is missing is not retried
 * @param backoff the pauses
 */
public record Retry(Map<ErrorClass, Integer> limits, Backoff backoff) {
    /** More than anyone should wait for; a limit on the loop. */
    public static final int MAX_RETRIES = 1_000;

    public Retry {
        limits = Map.copyOf(limits);
        for (Map.Entry<ErrorClass, Integer> limit : limits.entrySet()) {
            ErrorClass errorClass = limit.getKey();
            if (errorClass == ErrorClass.PERMANENT || errorClass == ErrorClass.REJECTED) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        errorClass
                                + " errors are never retried: the same attempt would fail again");
            }
            if (limit.getValue() < 0 || limit.getValue() > MAX_RETRIES) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "retries must be 0 to " + MAX_RETRIES + ", not " + limit.getValue());
            }
        }
    }

    /** No retry. */
    public static Retry none() {
        return new Retry(Map.of(), Backoff.DEFAULT);
    }

    /** Retries transient and rate-limited errors, up to {@code retries} times together. */
    public static Retry transientErrors(int retries) {
        return Place.named(
                () ->
                        new Retry(
                                Map.of(
                                        ErrorClass.TRANSIENT,
                                        retries,
                                        ErrorClass.RATE_LIMITED,
                                        retries),
                                Backoff.DEFAULT));
    }

    /** Retries unknown errors too, up to {@code retries} times together; permanent ones never. */
    public static Retry anyError(int retries) {
        return transientErrors(retries).limit(ErrorClass.UNKNOWN, retries);
    }

    /** The same policy with a limit of its own for one class. */
    public Retry limit(ErrorClass errorClass, int retries) {
        Map<ErrorClass, Integer> changed = new EnumMap<>(ErrorClass.class);
        changed.putAll(limits);
        changed.put(errorClass, retries);
        return Place.named(() -> new Retry(changed, backoff));
    }

    /**
     * Pauses that double, from {@code first} up to {@code ceiling}: {@code exponential("1s",
     * "1m")}.
     */
    public Retry exponential(String first, String ceiling) {
        return Place.named(
                () ->
                        new Retry(
                                limits,
                                new Backoff(
                                        Durations.parse(first),
                                        Durations.parse(ceiling),
                                        2.0,
                                        Backoff.DEFAULT.jitter())));
    }

    /** The same pause each time. */
    public Retry fixed(String pause) {
        Duration parsed = Place.named(() -> Durations.parse(pause));
        return new Retry(limits, new Backoff(parsed, parsed, 1.0, 0.0));
    }

    /**
     * Shortens each pause by a random part, so that many tasks that failed together do not come
     * back together.
     *
     * @param part from 0 (none) to 1 (anything down to no pause)
     */
    public Retry jitter(double part) {
        return Place.named(
                () ->
                        new Retry(
                                limits,
                                new Backoff(
                                        backoff.first(),
                                        backoff.ceiling(),
                                        backoff.factor(),
                                        part)));
    }

    /**
     * The pauses between attempts: {@code min(ceiling, first × factor^(n-1))}, shortened by up to
     * {@code jitter} of itself.
     */
    public record Backoff(Duration first, Duration ceiling, double factor, double jitter) {
        static final Backoff DEFAULT =
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 2.0, 0.2);

        public Backoff {
            if (first.isNegative()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION, "a pause of " + first + " is no pause");
            }
            if (ceiling.compareTo(first) < 0) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "the longest pause, " + ceiling + ", is shorter than the first, " + first);
            }
            if (!(jitter >= 0 && jitter <= 1)) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION, "jitter must be 0 to 1, not " + jitter);
            }
            if (!(factor >= 1 && factor <= 10)) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION, "factor must be 1 to 10, not " + factor);
            }
        }
    }
}
