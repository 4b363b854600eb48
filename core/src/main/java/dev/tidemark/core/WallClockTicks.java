package dev.tidemark.core;

import dev.tidemark.CronExpression;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/**
 * The ticks of an expression that names hours: each of its times is one tick, at the first instant
 * at which clocks show it. A time that they skip is at the first instant after the gap, together
 * with all others there; so is one on a day that a zone skipped.
 */
record WallClockTicks(CronExpression expression, WallClock clock) implements Ticks {
    @Override
    public Instant after(Instant instant) {
        // In a repetition all times up to its end had their tick the first time.
        LocalDateTime earliest =
                clock.repetition(instant)
                        .map(ZoneOffsetTransition::getDateTimeBefore)
                        .orElseGet(() -> whole(instant));
        while (true) {
            LocalDateTime time = expression.onOrAfter(earliest);
            Instant tick = clock.first(time);
            if (tick.isAfter(instant)) {
                return tick;
            }
            earliest = time.plusSeconds(1);
        }
    }

    @Override
    public Instant before(Instant instant) {
        LocalDateTime latest =
                clock.repetition(instant)
                        .map(change -> change.getDateTimeBefore().minusSeconds(1))
                        .orElseGet(() -> whole(instant));
        while (true) {
            LocalDateTime time = expression.onOrBefore(latest);
            Instant tick = clock.first(time);
            if (tick.isBefore(instant)) {
                return tick;
            }
            // All times in a gap are the same instant: leave it at once.
            latest =
                    clock.gap(time)
                            .map(ZoneOffsetTransition::getDateTimeBefore)
                            .orElse(time)
                            .minusSeconds(1);
        }
    }

    private LocalDateTime whole(Instant instant) {
        return clock.at(instant).truncatedTo(ChronoUnit.SECONDS);
    }
}
