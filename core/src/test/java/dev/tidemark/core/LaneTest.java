package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Those who wait for the same. */
final class LaneTest {
    private static final Instant NOON = Instant.parse("2026-06-19T12:00:00Z");
    private static final TaskKey LATE = new TaskKey(1, "late", TaskKey.NONE);
    private static final TaskKey EARLY = new TaskKey(2, "early", TaskKey.NONE);

    private final Lane lane =
            new Lane(new Demand(Optional.empty(), 0, Demand.Share.WHOLE, 0), null);

    @Test
    void whoHasWaitedLongestIsFirstThoughItIsHeardOfLater() {
        lane.add(LATE, NOON, 1);
        lane.add(EARLY, NOON.minusSeconds(1), 2);
        assertThat(lane.first()).isEqualTo(EARLY);
        lane.remove(EARLY);
        assertThat(lane.first()).isEqualTo(LATE);
    }

    @Test
    void ofThoseWhoCameAtOnceTheFirstOneHeardOfIsFirst() {
        lane.add(LATE, NOON, 1);
        lane.add(EARLY, NOON, 2);
        assertThat(lane.first()).isEqualTo(LATE);
    }
}
