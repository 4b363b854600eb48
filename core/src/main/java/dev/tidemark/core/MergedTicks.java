package dev.tidemark.core;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * The ticks of several expressions; those of the same instant are one.
 *
 * @param each one at least
 */
record MergedTicks(List<Ticks> each) implements Ticks {
    @Override
    public Instant after(Instant instant) {
        return Collections.min(each.stream().map(ticks -> ticks.after(instant)).toList());
    }

    @Override
    public Instant before(Instant instant) {
        return Collections.max(each.stream().map(ticks -> ticks.before(instant)).toList());
    }
}
