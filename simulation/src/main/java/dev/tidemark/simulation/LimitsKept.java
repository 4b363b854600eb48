package dev.tidemark.simulation;

import dev.tidemark.core.Change;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.TaskState;
import java.util.Set;
import java.util.TreeSet;

/**
 * Nothing starts that a pool, a rate or the limit of its pipeline does not allow at that moment,
 * and nobody is passed by one whose turn comes later.
 */
final class LimitsKept extends Invariant {
    private final Ledger ledger;

    /** Tokens of this commit that have to count towards a rate, and do not yet. */
    private final Set<Long> uncounted = new TreeSet<>();

    LimitsKept(World world) {
        this.ledger = world.ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.AttemptStarted it) {
            started(it, commit);
        } else if (change instanceof Change.StartCounted it) {
            check(uncounted.remove(it.token()), it, "counts, and has no rate");
        }
    }

    private void started(Change.AttemptStarted it, Committed commit) {
        Crowd crowd = Crowd.of(ledger, commit.by(), commit.at());
        RunRecord run = ledger.run(it.task().run());
        Crowd.One one = new Crowd.One(run, ledger.instance(it.task()));
        check(crowd.missing(one).isEmpty(), one, "starts without:", crowd.missing(one));
        for (Crowd.One other : crowd.queued()) {
            check(
                    !goesBefore(other, one, crowd) || crowd.isBlocked(other),
                    one,
                    "passes",
                    other,
                    "who has waited since",
                    other.instance().queuedSince);
            boolean reserves =
                    one.limits().pool().isPresent()
                            && other.isIn(one.pool())
                            && crowd.isKeptFor(other, one)
                            && crowd.missing(other).size() == 1
                            && couldFit(other);
            check(
                    !(reserves && goesBefore(other, one, crowd)),
                    one,
                    "takes room that is kept for",
                    other);
        }
        if (one.limits().pool().isPresent()) {
            PoolLimit limit = ledger.pools.get(one.pool().pool());
            if (limit != null && limit.startsPerMinute().isPresent()) {
                uncounted.add(it.token());
            }
        }
    }

    private boolean couldFit(Crowd.One one) {
        PoolLimit limit = ledger.pools.get(one.pool().pool());
        return limit == null || one.weight() <= limit.slots();
    }

    /** Whether it is the other one's turn, and that of all who wait for just the same. */
    private static boolean goesBefore(Crowd.One other, Crowd.One one, Crowd crowd) {
        if (other.instance() == one.instance() || other.isLike(one)) {
            return false;
        }
        boolean isNew = one.instance().state != TaskState.QUEUED;
        return crowd.queued().stream()
                .filter(like -> like.isLike(other))
                .allMatch(like -> like.rank().isBefore(isNew ? newRank(one, crowd) : one.rank()));
    }

    private static java.time.Instant newRank(Crowd.One one, Crowd crowd) {
        return crowd.now().minusSeconds(60L * one.limits().priority());
    }

    @Override
    void after(Committed commit) {
        check(uncounted.isEmpty(), "starts that count towards no rate:", uncounted);
    }
}
