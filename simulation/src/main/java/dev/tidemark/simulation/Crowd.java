package dev.tidemark.simulation;

import dev.tidemark.Pool;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.PoolKey;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * All that run and wait under one engine at one moment, and what limits say of each: found by
 * looking at every one.
 *
 * @param now by the clock of the engine
 */
record Crowd(Ledger ledger, List<One> running, List<One> queued, Instant now) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** One instance. */
    record One(RunRecord run, InstanceRecord instance) {
        TaskDefinition.Limits limits() {
            return run.task(instance.key.task()).limits();
        }

        int weight() {
            return limits().pool().map(Pool::weight).orElse(0);
        }

        PoolKey pool() {
            Pool pool = limits().pool().orElseThrow();
            return new PoolKey(
                    pool.name(),
                    pool.per().map(name -> run.identity.parameters().getOrDefault(name, "0")));
        }

        boolean isIn(PoolKey key) {
            return limits().pool().isPresent() && pool().equals(key);
        }

        OptionalInt most() {
            return run.definition.limits().maxActiveTasks();
        }

        boolean isOf(String pipeline) {
            return run.identity.pipeline().equals(pipeline);
        }

        /** Whether no limit tells one from the other. */
        boolean isLike(One other) {
            return limits().equals(other.limits())
                    && most().equals(other.most())
                    && (most().isEmpty() || isOf(other.run.identity.pipeline()))
                    && (limits().pool().isEmpty() || pool().equals(other.pool()));
        }

        /** Whose turn it is: the earlier one's. */
        Instant rank() {
            return instance.queuedSince.minus(MINUTE.multipliedBy(limits().priority()));
        }

        @Override
        public String toString() {
            return instance + " (" + limits() + ", at most " + most() + ")";
        }
    }

    static Crowd of(Ledger ledger, EngineProcess process, Instant now) {
        List<One> running = new ArrayList<>();
        List<One> queued = new ArrayList<>();
        for (RunRecord run : ledger.underWay(process)) {
            for (InstanceRecord instance : run.instances()) {
                if (instance.state == TaskState.RUNNING) {
                    running.add(new One(run, instance));
                } else if (instance.state == TaskState.QUEUED) {
                    queued.add(new One(run, instance));
                }
            }
        }
        return new Crowd(ledger, running, queued, now);
    }

    /** The same, a little earlier. */
    Crowd before(Duration length) {
        return new Crowd(ledger, running, queued, now.minus(length));
    }

    /** What it would need to start, besides a slot of the engine. */
    List<String> missing(One one) {
        List<String> missing = new ArrayList<>();
        one.most()
                .ifPresent(
                        most -> {
                            if (ofPipeline(one.run.identity.pipeline()) >= most) {
                                missing.add("place");
                            }
                        });
        if (one.limits().pool().isPresent()) {
            PoolLimit limit = ledger.pools.get(one.pool().pool());
            if (limit != null && taken(one.pool()) + one.weight() > limit.slots()) {
                missing.add("room");
            }
            if (limit != null
                    && limit.startsPerMinute().isPresent()
                    && starts(one.pool()) >= limit.startsPerMinute().getAsInt()) {
                missing.add("rate");
            }
        }
        return missing;
    }

    private long ofPipeline(String pipeline) {
        return running.stream().filter(one -> one.isOf(pipeline)).count();
    }

    private int taken(PoolKey pool) {
        return running.stream().filter(one -> one.isIn(pool)).mapToInt(One::weight).sum();
    }

    /** Those of the last minute; and of the next, by the clock of an engine that was ahead. */
    private long starts(PoolKey pool) {
        return ledger.counted.stream()
                .filter(start -> start.pool().equals(pool))
                .filter(start -> start.at().isAfter(now.minus(MINUTE)))
                .filter(start -> !start.at().isAfter(now.plus(MINUTE)))
                .count();
    }

    /** Whether it has to wait: something is missing, or kept for one who has waited long. */
    boolean isBlocked(One one) {
        return !missing(one).isEmpty() || queued.stream().anyMatch(other -> isKeptFor(other, one));
    }

    /** One who has waited for a minute is not passed in its pool, and keeps a place. */
    boolean isKeptFor(One other, One one) {
        boolean shares =
                (one.limits().pool().isPresent() && other.isIn(one.pool()))
                        || (one.most().isPresent() && other.isOf(one.run.identity.pipeline()));
        return shares
                && other.instance != one.instance
                && !other.instance.queuedSince.plus(MINUTE).isAfter(now)
                && missing(other).contains("room");
    }
}
