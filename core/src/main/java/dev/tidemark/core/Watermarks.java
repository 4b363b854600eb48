package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The watermarks of the pipelines at hand. Belongs to the thread that owns the {@link State}. */
public final class Watermarks {
    private final Map<String, Map<String, Standing>> standings = new HashMap<>();

    Watermarks() {}

    /**
     * What a store keeps of a watermark.
     *
     * @param at where it stands; empty where it never stood anywhere
     * @param ahead the intervals that are proven and end later, oldest first
     */
    public record Kept(Optional<Instant> at, Set<Interval> ahead) {
        /** A watermark that never stood anywhere. */
        public static final Kept NOTHING = new Kept(Optional.empty(), Set.of());
    }

    /** Whether it was brought in what the store keeps of a pipeline's. */
    public boolean areKnown(String pipeline) {
        return standings.containsKey(pipeline);
    }

    /** Brings in what a store keeps of a pipeline's, by their names. */
    public void bringIn(String pipeline, Map<String, Kept> kept) {
        Map<String, Standing> all = new HashMap<>();
        kept.forEach((name, it) -> all.put(name, new Standing(it)));
        standings.put(pipeline, all);
    }

    /** How one stands. */
    public Kept kept(WatermarkKey key) {
        return find(key).map(it -> new Kept(it.at, Set.copyOf(it.ahead))).orElse(Kept.NOTHING);
    }

    /** Where one stands; empty where it never stood anywhere. */
    Optional<Instant> at(WatermarkKey key) {
        return find(key).flatMap(it -> it.at);
    }

    /** Whether an interval is proven that the watermark has not come to. */
    boolean isAhead(WatermarkKey key, Interval interval) {
        return find(key).filter(it -> it.ahead.contains(interval)).isPresent();
    }

    private Optional<Standing> find(WatermarkKey key) {
        return Optional.ofNullable(
                standings.getOrDefault(key.pipeline(), Map.of()).get(key.watermark()));
    }

    void fold(Change.OfWatermark change) {
        WatermarkKey key = change.watermark();
        Standing standing =
                standings
                        .computeIfAbsent(key.pipeline(), _ -> new HashMap<>())
                        .computeIfAbsent(key.watermark(), _ -> new Standing(Kept.NOTHING));
        switch (change) {
            case Change.WatermarkMoved it -> standing.move(it.to());
            case Change.IntervalAhead it -> standing.ahead.add(it.interval());
            case Change.IntervalNoLongerAhead it -> standing.ahead.remove(it.interval());
        }
    }

    private static final class Standing {
        private Optional<Instant> at;
        private final NavigableSet<Interval> ahead =
                new TreeSet<>(Comparator.comparing(Interval::end).thenComparing(Interval::start));

        private Standing(Kept kept) {
            at = kept.at();
            ahead.addAll(kept.ahead());
        }

        /** What it has come to is not ahead of it any more. */
        private void move(Instant to) {
            at = Optional.of(to);
            while (!ahead.isEmpty() && !ahead.first().end().isAfter(to)) {
                ahead.removeFirst();
            }
        }
    }
}
