package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Pool;
import dev.tidemark.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What limits allow, found by looking at every instance there is. */
final class LimitsOracle {
    private final Map<String, PoolLimit> pools = new HashMap<>();
    private final List<Start> starts = new ArrayList<>();

    private record Start(PoolKey pool, Instant at) {}

    private record One(Run run, TaskInstance instance) {
        TaskDefinition task() {
            return run.graph().task(instance.key().task());
        }

        PoolKey pool() {
            Pool pool = task().limits().pool().orElseThrow();
            return new PoolKey(
                    pool.name(),
                    pool.per()
                            .map(name -> run.identity().parameters().getOrDefault(name, "nobody")));
        }

        int weight() {
            return task().limits().pool().map(Pool::weight).orElse(0);
        }

        boolean isIn(PoolKey key) {
            return task().limits().pool().isPresent() && pool().equals(key);
        }
    }

    void set(PoolLimit limit) {
        pools.put(limit.pool(), limit);
    }

    void remove(String pool) {
        pools.remove(pool);
    }

    private static List<One> all(State state, Predicate<One> wanted) {
        List<One> all = new ArrayList<>();
        for (Run run : state.runs()) {
            run.instances().stream().map(it -> new One(run, it)).filter(wanted).forEach(all::add);
        }
        return all;
    }

    private static List<One> running(State state) {
        return all(state, one -> one.instance.state() == TaskState.RUNNING);
    }

    /** Looks at a start before it is folded. */
    void started(State state, Run run, TaskKey key, Instant now) {
        One one = new One(run, run.instance(key));
        assertThat(missing(state, one, now)).as("what %s needs", key).isEmpty();
        if (isRated(one)) {
            starts.add(new Start(one.pool(), now));
        }
    }

    private boolean isRated(One one) {
        return one.task()
                .limits()
                .pool()
                .map(pool -> pools.get(pool.name()))
                .filter(limit -> limit.startsPerMinute().isPresent())
                .isPresent();
    }

    /** Whether something is missing that the instance needs, or is kept for others. */
    boolean isBlocked(State state, Run run, TaskKey key, Instant now) {
        One one = new One(run, run.instance(key));
        // At the very moment at which the rate allows it, its timer may be about to come.
        return !missing(state, one, now.minusNanos(1)).isEmpty() || isKept(state, one, now);
    }

    private List<String> missing(State state, One one, Instant now) {
        List<String> missing = new ArrayList<>();
        one.run
                .graph()
                .definition()
                .limits()
                .maxActiveTasks()
                .ifPresent(
                        most -> {
                            if (running(state).size() >= most) {
                                missing.add("a place in its pipeline");
                            }
                        });
        if (one.task().limits().pool().isEmpty()) {
            return missing;
        }
        PoolLimit limit = pools.get(one.pool().pool());
        if (limit != null && one.weight() + taken(state, one.pool()) > limit.slots()) {
            missing.add("slots of its pool");
        }
        if (limit != null
                && limit.startsPerMinute().isPresent()
                && startsWithin(one.pool(), now) >= limit.startsPerMinute().getAsInt()) {
            missing.add("a start of its pool");
        }
        return missing;
    }

    private static int taken(State state, PoolKey pool) {
        return running(state).stream().filter(it -> it.isIn(pool)).mapToInt(One::weight).sum();
    }

    private long startsWithin(PoolKey pool, Instant now) {
        return starts.stream()
                .filter(start -> start.pool.equals(pool))
                .filter(start -> start.at.isAfter(now.minus(Duration.ofMinutes(1))))
                .count();
    }

    /** Whether one in the same pool or pipeline has waited long for slots of its pool. */
    private boolean isKept(State state, One one, Instant now) {
        List<One> others =
                all(
                        state,
                        it ->
                                it.instance.state() == TaskState.QUEUED
                                        && it.task().limits().pool().isPresent()
                                        && !it.instance
                                                .queuedSince()
                                                .plus(Duration.ofMinutes(1))
                                                .isAfter(now)
                                        && it.instance != one.instance);
        return others.stream()
                .anyMatch(it -> missing(state, it, now).contains("slots of its pool"));
    }
}
