package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.Change;
import dev.tidemark.core.WatermarkKey;
import dev.tidemark.core.Watermarks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Watermarks, in memory. */
final class MemoryWatermarks {
    private final MemoryTable<WatermarkKey, WatermarkView> watermarks;
    private final MemoryTable<Integer, WatermarkMove> moves;

    MemoryWatermarks(Undo undo) {
        watermarks =
                new MemoryTable<>(
                        Comparator.comparing(WatermarkKey::pipeline)
                                .thenComparing(WatermarkKey::watermark),
                        undo);
        moves = new MemoryTable<>(Comparator.<Integer>naturalOrder(), undo);
    }

    void apply(Change.OfWatermark change, Instant at) {
        WatermarkKey key = change.watermark();
        WatermarkView view =
                watermarks
                        .get(key)
                        .orElse(new WatermarkView(key, Watermarks.Kept.NOTHING, Optional.empty()));
        Set<Interval> ahead = new HashSet<>(view.kept().ahead());
        switch (change) {
            case Change.WatermarkMoved it -> {
                refuseUnless(it.from().equals(view.kept().at()), it);
                ahead.removeIf(interval -> !interval.end().isAfter(it.to()));
                put(key, Optional.of(it.to()), ahead, Optional.of(at));
                moves.put(moves.lastKey().orElse(0) + 1, new WatermarkMove(at, it));
            }
            case Change.IntervalAhead it -> {
                refuseUnless(ahead.add(it.interval()), it);
                put(key, view.kept().at(), ahead, view.movedAt());
            }
            case Change.IntervalNoLongerAhead it -> {
                refuseUnless(ahead.remove(it.interval()), it);
                put(key, view.kept().at(), ahead, view.movedAt());
            }
        }
    }

    private static void refuseUnless(boolean fits, Change change) {
        if (!fits) {
            throw Disagreement.about(change);
        }
    }

    private void put(
            WatermarkKey key,
            Optional<Instant> at,
            Set<Interval> ahead,
            Optional<Instant> movedAt) {
        if (at.isEmpty() && ahead.isEmpty()) {
            watermarks.remove(key);
        } else {
            watermarks.put(
                    key,
                    new WatermarkView(key, new Watermarks.Kept(at, Set.copyOf(ahead)), movedAt));
        }
    }

    List<WatermarkView> all() {
        return shown(_ -> true);
    }

    List<WatermarkView> of(Collection<String> pipelines) {
        return shown(it -> pipelines.contains(it.key().pipeline()));
    }

    private List<WatermarkView> shown(Predicate<WatermarkView> wanted) {
        return watermarks.all().stream().filter(wanted).toList();
    }

    List<WatermarkMove> moves(WatermarkKey key, int limit) {
        List<WatermarkMove> newestFirst = new ArrayList<>(moves.newestFirst());
        return newestFirst.stream()
                .filter(it -> it.moved().watermark().equals(key))
                .limit(limit)
                .toList();
    }
}
