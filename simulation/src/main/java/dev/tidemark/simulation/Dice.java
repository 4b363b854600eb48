package dev.tidemark.simulation;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** All chance there is in a simulation, from its one seed. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Whether something of this probability happens. */
    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    /** A number from 0 up to, not including, {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number, both ends included. */
    int from(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    Duration millis(int least, int most) {
        return Duration.ofMillis(from(least, most));
    }

    /** A duration of either sign. */
    Duration eitherWay(int mostMillis) {
        return Duration.ofMillis(from(-mostMillis, mostMillis));
    }

    @SafeVarargs
    final <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of them, in the order in which they come. */
    <T> T any(Collection<T> choices) {
        return any(List.copyOf(choices));
    }
}
