package dev.tidemark.core;

import java.util.EnumMap;
import java.util.Map;

/** How many instances are in which state. Owned by the thread that owns the {@link State}. */
final class Counts {
    private final Map<TaskState, Integer> inState = new EnumMap<>(TaskState.class);
    private int total;
    private int open;

    void add(TaskState state, int instances) {
        inState.merge(state, instances, Integer::sum);
        total += instances;
        if (!state.isFinal()) {
            open += instances;
        }
    }

    int of(TaskState state) {
        return inState.getOrDefault(state, 0);
    }

    /** How many have not ended. */
    int open() {
        return open;
    }

    Tally tally() {
        return new Tally(
                total,
                of(TaskState.SUCCEEDED),
                of(TaskState.SKIPPED),
                of(TaskState.FAILED) + of(TaskState.CANCELLED),
                of(TaskState.UPSTREAM_FAILED));
    }
}
