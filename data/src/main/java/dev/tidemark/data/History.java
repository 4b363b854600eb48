package dev.tidemark.data;

import java.util.List;

/** What a target knows of the partitions before the one that is published. */
@FunctionalInterface
interface History {
    /** A target whose history nobody asks. */
    History NONE = partitions -> List.of();

    /**
     * How many rows readers see of each of the partitions before this one, by the order of their
     * keys, the nearest first.
     *
     * @param partitions at most so many
     */
    List<Long> rowsBefore(int partitions);
}
