package dev.tidemark.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is taken of a pool, and who waits for it. Owned by the thread that owns the {@link State}.
 */
final class Room {
    /**
     * The clock of an engine before may have been ahead. A start that is further ahead than this
     * does not count: a clock that was wrong by a day must not stop a pool for a day.
     */
    private static final Duration MOST_AHEAD = PoolLimit.WINDOW;

    /** Starts are remembered for longer than they count, since clocks are set back. */
    static final Duration REMEMBERED = PoolLimit.WINDOW.multipliedBy(5);

    private final Set<Lane> lanes = new LinkedHashSet<>();

    /** By time, how many starts counted then. */
    private final TreeMap<Instant, Integer> starts = new TreeMap<>();

    private @Nullable PoolLimit limit;
    private int taken;

    Room(@Nullable PoolLimit limit) {
        this.limit = limit;
    }

    void limit(@Nullable PoolLimit changed) {
        limit = changed;
    }

    Collection<Lane> lanes() {
        return lanes;
    }

    void take(int weight) {
        taken += weight;
    }

    int taken() {
        return taken;
    }

    boolean isRated() {
        return rate().isPresent();
    }

    private OptionalInt rate() {
        return limit == null ? OptionalInt.empty() : limit.startsPerMinute();
    }

    /** How many slots are left; fewer than none where the pool was made smaller. */
    int left() {
        return limit == null ? Integer.MAX_VALUE : limit.slots() - taken;
    }

    boolean fits(int weight) {
        return weight <= left();
    }

    /** Whether it would fit if nobody else were there. */
    boolean couldFit(int weight) {
        return limit == null || weight <= limit.slots();
    }

    void started(Instant at) {
        starts.merge(at, 1, Integer::sum);
        starts.headMap(at.minus(REMEMBERED)).clear();
    }

    /** What counts at this moment: the starts of the last minute, by time. */
    private NavigableMap<Instant, Integer> counted(Instant now) {
        return starts.subMap(now.minus(PoolLimit.WINDOW), false, now.plus(MOST_AHEAD), true);
    }

    /** How many starts count at this moment. */
    int starts(Instant now) {
        int counted = 0;
        for (int together : counted(now).values()) {
            counted += together;
        }
        return counted;
    }

    /** How many attempts may start at this moment by the rate. */
    int startsLeft(Instant now) {
        OptionalInt most = rate();
        return most.isEmpty() ? Integer.MAX_VALUE : Math.max(0, most.getAsInt() - starts(now));
    }

    /** When the rate allows the next start; empty where it does so now. */
    Optional<Instant> restsUntil(Instant now) {
        int left = rate().orElse(Integer.MAX_VALUE);
        for (Map.Entry<Instant, Integer> each : counted(now).descendingMap().entrySet()) {
            left -= each.getValue();
            if (left <= 0) {
                return Optional.of(each.getKey().plus(PoolLimit.WINDOW));
            }
        }
        return Optional.empty();
    }

    /** Whether there is nothing to remember about it any more. */
    boolean isIdle(Instant now) {
        return taken == 0 && lanes.isEmpty() && counted(now).isEmpty();
    }
}
