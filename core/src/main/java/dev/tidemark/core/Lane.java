package dev.tidemark.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Queued instances with the same demand: who has waited longest is first, whatever the order in
 * which an engine comes to know of them. Owned by the thread that owns the {@link State}.
 */
final class Lane implements Comparable<Lane> {
    final Demand demand;

    /** Null where no pool is needed. */
    final @Nullable Room room;

    private final NavigableMap<Place, TaskKey> waiting = new TreeMap<>();
    private final Map<TaskKey, Place> places = new HashMap<>();
    private Rank rank = Rank.NOBODY;
    private Instant since = Instant.MAX;

    /** Since when one waits, and as the how manieth of all it came. */
    private record Place(Instant since, long arrival) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byTime = since.compareTo(other.since);
            return byTime == 0 ? Long.compare(arrival, other.arrival) : byTime;
        }
    }

    /**
     * Whose turn it is: the earlier one's. A minute of priority is worth a minute of waiting, so
     * the order of those who wait never changes with time.
     */
    record Rank(Instant at, long arrival) implements Comparable<Rank> {
        private static final Rank NOBODY = new Rank(Instant.MAX, Long.MAX_VALUE);

        static Rank of(Instant since, int priority, long arrival) {
            Instant at = priority == 0 ? since : since.minus(Duration.ofMinutes(priority));
            return new Rank(at, arrival);
        }

        boolean isBefore(Rank other) {
            return compareTo(other) < 0;
        }

        @Override
        public int compareTo(Rank other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? Long.compare(arrival, other.arrival) : byTime;
        }
    }

    Lane(Demand demand, @Nullable Room room) {
        this.demand = demand;
        this.room = room;
    }

    void add(TaskKey key, Instant came, long arrival) {
        Place place = new Place(came, arrival);
        places.put(key, place);
        waiting.put(place, key);
    }

    boolean isFirst(TaskKey key) {
        return !waiting.isEmpty() && waiting.firstEntry().getValue().equals(key);
    }

    void remove(TaskKey key) {
        Place place = places.remove(key);
        if (place != null) {
            waiting.remove(place);
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    TaskKey first() {
        return Objects.requireNonNull(waiting.firstEntry()).getValue();
    }

    /** Takes the rank of who is first now. Not while it is in a sorted set. */
    void rankAnew() {
        Map.Entry<Place, TaskKey> first = waiting.firstEntry();
        since = first == null ? Instant.MAX : first.getKey().since();
        rank =
                first == null
                        ? Rank.NOBODY
                        : Rank.of(since, demand.priority(), first.getKey().arrival());
    }

    Rank rank() {
        return rank;
    }

    /** Whether its first has waited so long that nobody behind it may pass. */
    boolean isPatient(Instant now) {
        return since.plus(Admission.PATIENCE).isAfter(now);
    }

    /** Who waits, by the number of their arrival. */
    void tell(Map<Long, TaskKey> byArrival) {
        waiting.forEach((place, key) -> byArrival.put(place.arrival(), key));
    }

    @Override
    public int compareTo(Lane other) {
        return rank.compareTo(other.rank);
    }
}
