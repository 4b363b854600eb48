package dev.tidemark.data;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is visible of an asset before an attempt publishes.
 *
 * @param current the manifest of this partition
 * @param previous the manifest of the partition before it
 * @param history what further back was published
 */
record Precedent(Optional<Manifest> current, Optional<Manifest> previous, History history) {
    static final Precedent NONE = new Precedent(Optional.empty(), Optional.empty(), History.NONE);

    /** The one whose columns are expected: this partition's, else that of the one before. */
    Optional<Manifest> nearest() {
        return Stream.of(current, previous).flatMap(Optional::stream).findFirst();
    }
}
