package dev.tidemark.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which attempts hold slots, who waits, and who is next. All that is taken follows from the
 * attempts held, each of which is in here once; nothing is counted that could drift. Owned by the
 * thread that owns the {@link State}.
 *
 * <p>Who is next: of the lanes whose first may start, the one whose first has waited longest, its
 * priority added. A lane that may not start is passed. One that has waited for {@link #PATIENCE}
 * and for which only slots of its pool are missing is no longer passed in that pool, and keeps a
 * place in its pipeline; so a heavy task gets its turn among light ones.
 */
final class Admission {
    /** How long one waits while lighter ones, or others of its pipeline, pass. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Pools that are there for each value of a parameter are forgotten in batches. */
    private static final int ROOMS_TO_SWEEP = 1_000;

    private final int slots;
    private final Map<TaskKey, Held> held = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, PoolLimit> pools = new TreeMap<>();
    private final Map<PoolKey, Room> rooms = new LinkedHashMap<>();
    private final Map<Demand, Lane> lanes = new HashMap<>();
    private final Map<Demand.Share, Line> lines = new LinkedHashMap<>();
    private int sweepAt = ROOMS_TO_SWEEP;
    private long arrivals;
    private Instant latestStart = Instant.EPOCH;

    /** An attempt that runs. */
    record Held(String pipeline, Demand demand) {}

    Admission(int slots) {
        this.slots = slots;
    }

    int freeSlots() {
        return Math.max(0, slots - held.size());
    }

    /** An attempt runs from now on. */
    void hold(TaskKey key, String pipeline, Demand demand) {
        if (held.putIfAbsent(key, new Held(pipeline, demand)) == null) {
            attempts.merge(pipeline, 1, Integer::sum);
            demand.pool().ifPresent(pool -> take(pool, demand.weight()));
        }
    }

    /** No attempt of the instance runs any more. */
    void release(TaskKey key) {
        Held released = held.remove(key);
        if (released != null) {
            attempts.merge(released.pipeline(), -1, Integer::sum);
            attempts.remove(released.pipeline(), 0);
            Demand demand = released.demand();
            demand.pool().ifPresent(pool -> take(pool, -demand.weight()));
        }
    }

    private void take(PoolKey pool, int weight) {
        change(room(pool), room -> room.take(weight));
    }

    /** Somebody waits from now on. */
    void enqueue(TaskKey key, Demand demand, Instant since) {
        Lane lane = lanes.get(demand);
        if (lane == null) {
            lane = new Lane(demand, demand.pool().map(this::room).orElse(null));
            lanes.put(demand, lane);
            if (lane.room != null) {
                lane.room.lanes().add(lane);
            }
        }
        arrivals++;
        lane.add(key, since, arrivals);
        if (lane.isFirst(key)) {
            place(lane);
        }
    }

    /** Somebody no longer waits. */
    void dequeue(TaskKey key, Demand demand) {
        Lane lane = lanes.get(demand);
        if (lane == null) {
            return;
        }
        boolean isFirst = lane.isFirst(key);
        lane.remove(key);
        if (isFirst) {
            place(lane);
        }
    }

    /** Puts a lane where it belongs by who is first in it now. */
    private void place(Lane lane) {
        Line line = lines.computeIfAbsent(lane.demand.share(), _ -> new Line());
        line.remove(lane);
        lane.rankAnew();
        if (!lane.isEmpty()) {
            line.add(lane);
            return;
        }
        lanes.remove(lane.demand);
        if (lane.room != null) {
            lane.room.lanes().remove(lane);
        }
        if (line.isEmpty()) {
            lines.remove(lane.demand.share());
        }
    }

    private void change(Room room, java.util.function.Consumer<Room> change) {
        change.accept(room);
        List.copyOf(room.lanes()).forEach(this::place);
    }

    private Room room(PoolKey pool) {
        Room known = rooms.get(pool);
        if (known != null) {
            return known;
        }
        if (rooms.size() >= sweepAt) {
            rooms.values().removeIf(room -> room.isIdle(latestStart));
            sweepAt = 2 * rooms.size() + ROOMS_TO_SWEEP;
        }
        Room made = new Room(pools.get(pool.pool()));
        rooms.put(pool, made);
        return made;
    }

    void set(PoolLimit limit) {
        pools.put(limit.pool(), limit);
        relimit(limit.pool());
    }

    void unset(String pool) {
        pools.remove(pool);
        relimit(pool);
    }

    private void relimit(String pool) {
        for (PoolKey key : keysOf(pool)) {
            change(room(key), room -> room.limit(pools.get(pool)));
        }
    }

    /** As what the pool is there: once, or for which values. */
    List<PoolKey> keysOf(String pool) {
        return rooms.keySet().stream().filter(key -> key.pool().equals(pool)).toList();
    }

    Optional<PoolLimit> limit(String pool) {
        return Optional.ofNullable(pools.get(pool));
    }

    Map<PoolKey, Room> rooms() {
        return rooms;
    }

    /** How much is used of each pool that is set, or that somebody holds or waits for. */
    List<PoolUse> uses(Instant now) {
        List<PoolUse> uses = new ArrayList<>();
        for (PoolLimit limit : pools.values()) {
            if (keysOf(limit.pool()).isEmpty()) {
                PoolKey unused = new PoolKey(limit.pool(), Optional.empty());
                uses.add(new PoolUse(unused, Optional.of(limit), 0, 0, 0));
            }
        }
        rooms.forEach(
                (key, room) -> {
                    int waiting = room.lanes().stream().mapToInt(Lane::size).sum();
                    uses.add(
                            new PoolUse(
                                    key,
                                    limit(key.pool()),
                                    room.taken(),
                                    waiting,
                                    room.starts(now)));
                });
        uses.sort(Comparator.comparing(use -> use.pool().label()));
        return uses;
    }

    /** A start counts towards the rate of a pool. */
    void counted(PoolKey pool, Instant at) {
        room(pool).started(at);
        latestStart = at;
    }

    boolean isRated(Demand demand) {
        return demand.pool().flatMap(this::known).filter(Room::isRated).isPresent();
    }

    /** When the rate of a pool allows the next start; empty where it does so now. */
    Optional<Instant> restsUntil(PoolKey pool, Instant now) {
        return known(pool).flatMap(room -> room.restsUntil(now));
    }

    private Optional<Room> known(PoolKey pool) {
        return Optional.ofNullable(rooms.get(pool)).or(() -> limit(pool.pool()).map(Room::new));
    }

    /** Who starts next; empty where nobody can. */
    Optional<TaskKey> next(Instant now) {
        if (freeSlots() == 0) {
            return Optional.empty();
        }
        Lane first = null;
        for (Map.Entry<Demand.Share, Line> each : lines.entrySet()) {
            Lane lane = next(each.getKey(), each.getValue(), now);
            if (lane != null && (first == null || lane.rank().isBefore(first.rank()))) {
                first = lane;
            }
        }
        return Optional.ofNullable(first).map(Lane::first);
    }

    private @Nullable Lane next(Demand.Share share, Line line, Instant now) {
        for (Lane lane : line.open()) {
            if (places(share, lane.rank(), now) == 0) {
                return null;
            }
            if (lane.room == null
                    || (lane.room.startsLeft(now) > 0
                            && !isReserved(lane.room, lane.rank(), now))) {
                return lane;
            }
        }
        return null;
    }

    /** How many more attempts the pipeline may have, but for the place of one who has waited. */
    int places(Demand.Share share, Lane.Rank rank, Instant now) {
        if (!share.isLimited()) {
            return Integer.MAX_VALUE;
        }
        int left = share.most() - attemptsOf(share.pipeline());
        Line line = lines.get(share);
        boolean isKept =
                line != null && line.keeper(now).filter(it -> it.rank().isBefore(rank)).isPresent();
        return Math.max(0, isKept ? left - 1 : left);
    }

    /** Whether somebody who has waited long, and goes before, waits for slots of this pool. */
    boolean isReserved(Room room, Lane.Rank rank, Instant now) {
        for (Lane lane : room.lanes()) {
            if (lane.rank().isBefore(rank)
                    && !lane.isPatient(now)
                    && !room.fits(lane.demand.weight())
                    && room.couldFit(lane.demand.weight())
                    && attemptsOf(lane.demand.share().pipeline()) < lane.demand.share().most()) {
                return true;
            }
        }
        return false;
    }

    int attemptsOf(String pipeline) {
        return attempts.getOrDefault(pipeline, 0);
    }

    /** How many newcomers with this demand may start at once, without passing anybody. */
    int startable(Demand demand, Instant now) {
        int startable = freeSlots();
        if (startable == 0 || next(now).isPresent()) {
            return 0;
        }
        Lane.Rank rank = Lane.Rank.of(now, demand.priority(), Long.MAX_VALUE);
        startable = Math.min(startable, places(demand.share(), rank, now));
        Room room = demand.pool().flatMap(this::known).orElse(null);
        if (room == null) {
            return startable;
        }
        if (isReserved(room, rank, now)) {
            return 0;
        }
        startable = Math.min(startable, Math.max(0, room.left()) / demand.weight());
        return Math.min(startable, room.startsLeft(now));
    }

    /** The attempts that run, by instance, in the order of their starts. */
    Map<TaskKey, Held> held() {
        return held;
    }

    /** The lane that an instance waits in. */
    Optional<Lane> lane(Demand demand) {
        return Optional.ofNullable(lanes.get(demand));
    }

    /** All who wait, in the order in which they came. */
    Collection<TaskKey> queue() {
        Map<Long, TaskKey> byArrival = new TreeMap<>();
        lanes.values().forEach(lane -> lane.tell(byArrival));
        return byArrival.values();
    }
}
