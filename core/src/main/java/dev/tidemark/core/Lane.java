package dev.tidemark.core;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Queued instances with the same demand, first come first. Owned by the thread that owns the {@link
 * State}.
 */
final class Lane implements Comparable<Lane> {
    final Demand demand;

    /** Null where no pool is needed. */
    final @Nullable Room room;

    private final SequencedMap<TaskKey, Place> waiting = new LinkedHashMap<>();
    private Rank rank = Rank.NOBODY;
    private Instant since = Instant.MAX;

    /** Since when one waits, and as the how manieth of all it came. */
    private record Place(Instant since, long arrival) {}

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
        waiting.put(key, new Place(came, arrival));
    }

    boolean isFirst(TaskKey key) {
        return !waiting.isEmpty() && waiting.firstEntry().getKey().equals(key);
    }

    void remove(TaskKey key) {
        waiting.remove(key);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    TaskKey first() {
        return Objects.requireNonNull(waiting.firstEntry()).getKey();
    }

    /** Takes the rank of who is first now. Not while it is in a sorted set. */
    void rankAnew() {
        Map.Entry<TaskKey, Place> first = waiting.firstEntry();
        since = first == null ? Instant.MAX : first.getValue().since();
        rank =
                first == null
                        ? Rank.NOBODY
                        : Rank.of(since, demand.priority(), first.getValue().arrival());
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
        waiting.forEach((key, place) -> byArrival.put(place.arrival(), key));
    }

    @Override
    public int compareTo(Lane other) {
        return rank.compareTo(other.rank);
    }
}
