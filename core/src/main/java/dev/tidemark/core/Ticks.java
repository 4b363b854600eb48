package dev.tidemark.core;

import dev.tidemark.CronExpression;
import java.time.Instant;
import java.util.List;

/** Instants that are given by cron expressions in a zone. There is always a next one. */
sealed interface Ticks permits WallClockTicks, ElapsedTicks, MergedTicks {
    /** The first tick after an instant, which does not count. */
    Instant after(Instant instant);

    /** The last tick before an instant, which does not count. */
    Instant before(Instant instant);

    /** The ticks of all expressions, those of the same instant once. */
    static Ticks of(List<CronExpression> expressions, WallClock clock) {
        List<Ticks> each = expressions.stream().map(expression -> of(expression, clock)).toList();
        return each.size() == 1 ? each.getFirst() : new MergedTicks(each);
    }

    private static Ticks of(CronExpression expression, WallClock clock) {
        return expression.isEveryHour()
                ? new ElapsedTicks(expression, clock.zone().getRules())
                : new WallClockTicks(expression, clock);
    }
}
