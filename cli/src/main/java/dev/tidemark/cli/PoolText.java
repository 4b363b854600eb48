package dev.tidemark.cli;

import dev.tidemark.core.PoolLimit;

/** Pools as people read them. */
final class PoolText {
    private PoolText() {}

    /** {@code 3 slots, 60 starts a minute}. */
    static String limit(PoolLimit limit) {
        String slots = limit.slots() == 1 ? "1 slot" : limit.slots() + " slots";
        return limit.startsPerMinute().stream()
                .mapToObj(
                        rate ->
                                slots
                                        + ", "
                                        + (rate == 1 ? "1 start" : rate + " starts")
                                        + " a minute")
                .findFirst()
                .orElse(slots);
    }
}
