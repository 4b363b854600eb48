package dev.tidemark;

import java.util.Optional;

/**
 * What a task needs of a pool: a number of slots that tasks of all pipelines share, such as the
 * connections of a warehouse. How many slots there are is said in the store, with {@code tidemark
 * pools set}; a pool that nobody has set has no limit.
 *
 * @param name the pool's name
 * @param weight how many of its slots an attempt holds
 * @param per the run parameter for each of whose values the pool is there anew, with all its slots
 *     and its whole rate; empty for a pool that is there once
 */
public record Pool(String name, int weight, Optional<String> per) {
    /** The most slots that a pool may have, and so the most that an attempt may hold. */
    public static final int MAX_SLOTS = 10_000;

    public Pool {
        Names.check("pool", name);
        if (weight < 1 || weight > MAX_SLOTS) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "an attempt must hold 1 to "
                            + MAX_SLOTS
                            + " slots of pool '"
                            + name
                            + "', not "
                            + weight);
        }
    }

    /** One slot of a pool. */
    public static Pool named(String name) {
        return Place.named(() -> new Pool(name, 1, Optional.empty()));
    }

    /** That many slots: a heavy task takes the room of several light ones. */
    public Pool weight(int slots) {
        return Place.named(() -> new Pool(name, slots, per));
    }

    /** Counts apart for each value of a parameter of the run, such as a customer. */
    public Pool per(Parameter<?> parameter) {
        return new Pool(name, weight, Optional.of(parameter.name()));
    }
}
