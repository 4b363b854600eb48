package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes back when its time has come. */
class TimersTest {
    private static final Instant NOON = Instant.parse("2026-06-19T12:00:00Z");
    private static final Event A = new Event.SchedulePerhapsNext("a");
    private static final Event B = new Event.SchedulePerhapsNext("b");
    private static final Event C = new Event.SchedulePerhapsNext("c");

    private final Timers timers = new Timers();

    @Test
    void whatIsDueIsTakenEarliestFirstAndOnce() {
        timers.set(NOON.plusSeconds(1), A);
        timers.set(NOON, B);
        timers.set(NOON.plusSeconds(2), C);
        assertThat(timers.due(NOON.plusSeconds(1), 10)).containsExactly(B, A);
        assertThat(timers.due(NOON.plusSeconds(1), 10)).isEmpty();
        assertThat(timers.untilNext(NOON.plusSeconds(1))).contains(Duration.ofSeconds(1));
    }

    @Test
    void whatIsMoreThanATurnTakesIsDueAgainAtOnce() {
        List.of(A, B, C).forEach(event -> timers.set(NOON, event));
        assertThat(timers.due(NOON, 2)).containsExactly(A, B);
        assertThat(timers.untilNext(NOON)).contains(Duration.ZERO);
        assertThat(timers.due(NOON, 2)).containsExactly(C);
        assertThat(timers.untilNext(NOON)).isEmpty();
    }

    @Test
    void whatIsSetAgainComesOnceAtItsNewTime() {
        timers.set(NOON, A);
        timers.set(NOON.plusSeconds(5), A);
        timers.set(NOON, B);
        timers.cancel(B);
        assertThat(timers.due(NOON, 10)).isEmpty();
        assertThat(timers.due(NOON.plusSeconds(5), 10)).containsExactly(A);
    }
}
