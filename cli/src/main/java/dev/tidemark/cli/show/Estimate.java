package dev.tidemark.cli.show;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How long work still takes, if it goes on as it did lately. It looks back two minutes, so that a
 * pause long ago does not count. Used by one thread.
 */
public final class Estimate {
    private static final Duration WINDOW = Duration.ofMinutes(2);

    /** Before that, the first that ended say too little of the others. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, long done) {}

    /**
     * Takes note of how much is done.
     *
     * @param total how much there is
     * @return how long the rest takes; empty where too little is known, or nothing is left
     */
    public Optional<Duration> left(long done, long total, Instant now) {
        if (samples.isEmpty() || samples.getLast().done() != done) {
            samples.addLast(new Sample(now, done));
        }
        while (samples.size() > 2 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        Duration span = Duration.between(first.at(), now);
        long lately = done - first.done();
        if (lately <= 0 || span.compareTo(LEAST) < 0 || done >= total) {
            return Optional.empty();
        }
        double millis = (double) span.toMillis() / lately * (total - done);
        return Optional.of(Duration.ofSeconds(Math.round(Math.ceil(millis / MILLIS_PER_SECOND))));
    }
}
