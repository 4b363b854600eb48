package dev.tidemark.simulation;

import dev.tidemark.Interval;
import dev.tidemark.core.Change;
import dev.tidemark.core.Watermarks;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the committed history says of one watermark. */
final class WatermarkRecord {
    @Nullable Instant at;
    final Set<Interval> ahead = new LinkedHashSet<>();

    Watermarks.Kept kept() {
        return new Watermarks.Kept(Optional.ofNullable(at), Set.copyOf(ahead));
    }

    void fold(Change.OfWatermark change) {
        switch (change) {
            case Change.WatermarkMoved it -> {
                at = it.to();
                ahead.removeIf(interval -> !interval.end().isAfter(it.to()));
            }
            case Change.IntervalAhead it -> ahead.add(it.interval());
            case Change.IntervalNoLongerAhead it -> ahead.remove(it.interval());
        }
    }
}
