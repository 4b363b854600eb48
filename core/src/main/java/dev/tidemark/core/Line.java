package dev.tidemark.core;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The lanes of one pipeline with a limit, or those of all pipelines without one. Owned by the
 * thread that owns the {@link State}.
 */
final class Line {
    /** Those for which there are slots in their pools. */
    private final TreeSet<Lane> open = new TreeSet<>();

    /** The others. Apart, so that they cost nothing while they wait. */
    private final TreeSet<Lane> shut = new TreeSet<>();

    SortedSet<Lane> open() {
        return open;
    }

    boolean isEmpty() {
        return open.isEmpty() && shut.isEmpty();
    }

    void remove(Lane lane) {
        if (!open.remove(lane)) {
            shut.remove(lane);
        }
    }

    void add(Lane lane) {
        boolean fits = lane.room == null || lane.room.fits(lane.demand.weight());
        (fits ? open : shut).add(lane);
    }

    /**
     * The first of those without room in their pool, where it has waited long: it keeps a place.
     */
    Optional<Lane> keeper(Instant now) {
        for (Lane lane : shut) {
            if (lane.room != null && lane.room.couldFit(lane.demand.weight())) {
                return Optional.of(lane).filter(it -> !it.isPatient(now));
            }
        }
        return Optional.empty();
    }
}
