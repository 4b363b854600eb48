package dev.tidemark.core;

import dev.tidemark.CronExpression;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The ticks of an expression that fits every hour: each instant at which clocks show one of its
 * times, also when they show it again, and none for times that they skip. Where clocks change by
 * whole hours, minutes are not touched, so that ticks are as far from each other in elapsed time as
 * on any other day. Where they change by half an hour, as on Lord Howe, {@code *}{@code /30} still
 * ticks every half hour; {@code 0 * * * *} stays at the full hour that clocks show, and the two
 * intervals of a year that hold a change last an hour and a half.
 */
record ElapsedTicks(CronExpression expression, ZoneRules rules) implements Ticks {
    /** Looks from change to change: between two, clocks run evenly. */
    @Override
    public Instant after(Instant instant) {
        ZoneOffset offset = rules.getOffset(instant);
        LocalDateTime earliest = local(instant.getEpochSecond() + 1, offset);
        ZoneOffsetTransition change = rules.nextTransition(instant);
        while (true) {
            Instant tick = expression.onOrAfter(earliest).toInstant(offset);
            if (change == null || tick.isBefore(change.getInstant())) {
                return tick;
            }
            offset = change.getOffsetAfter();
            earliest = change.getDateTimeAfter();
            change = rules.nextTransition(change.getInstant());
        }
    }

    @Override
    public Instant before(Instant instant) {
        long last = instant.getEpochSecond() - (instant.getNano() == 0 ? 1 : 0);
        ZoneOffset offset = rules.getOffset(Instant.ofEpochSecond(last));
        LocalDateTime latest = local(last, offset);
        ZoneOffsetTransition change = rules.previousTransition(Instant.ofEpochSecond(last + 1));
        while (true) {
            Instant tick = expression.onOrBefore(latest).toInstant(offset);
            if (change == null || !tick.isBefore(change.getInstant())) {
                return tick;
            }
            offset = change.getOffsetBefore();
            latest = change.getDateTimeBefore().minusSeconds(1);
            change = rules.previousTransition(change.getInstant());
        }
    }

    private static LocalDateTime local(long second, ZoneOffset offset) {
        return LocalDateTime.ofEpochSecond(second, 0, offset);
    }
}
