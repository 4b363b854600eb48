package dev.tidemark.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One engine owns the store at a time: nobody takes it while the lease holds, epochs only grow, and
 * nobody commits under an epoch but the one who claimed it, nor after the next has.
 */
final class OneOwner extends Invariant {
    private final World world;
    private final Map<Long, String> owners = new TreeMap<>();
    private long epoch;
    private Instant until = Instant.MIN;

    /** Whether the last owner gave the store up. */
    private boolean given;

    OneOwner(World world) {
        this.world = world;
    }

    /** A claim was answered. */
    void claimed(EngineProcess process, Optional<Long> answer, Duration lease) {
        boolean free =
                !until.isAfter(world.storeClock.instant())
                        || process.toString().equals(owners.get(epoch));
        check(free == answer.isPresent(), process, "claims, free is", free, ":", answer);
        answer.ifPresent(
                claimed -> {
                    check(claimed == epoch + 1, "epoch", claimed, "follows", epoch);
                    world.log(process + " owns the store in epoch " + claimed);
                    check(given || !world.isQuiet(), process, "takes the store from a live owner");
                    given = false;
                    epoch = claimed;
                    owners.put(epoch, process.toString());
                    until = world.storeClock.instant().plus(lease);
                });
    }

    /** Somebody gave the store up. */
    void released(long by) {
        if (by == epoch) {
            given = true;
            until = world.storeClock.instant();
        }
    }

    @Override
    void after(Committed commit) {
        check(
                commit.epoch() == epoch,
                commit.by(),
                "commits under epoch",
                commit.epoch(),
                "in",
                epoch);
        check(
                commit.by().toString().equals(owners.get(epoch)),
                commit.by(),
                "commits under the epoch of",
                owners.get(epoch));
        until = world.storeClock.instant().plus(world.settings.lease());
    }

    /** Who was overtaken learns it when its lease is to begin anew, and not only when it works. */
    @Override
    void stepped(EngineProcess process) {
        check(
                !world.isQuiet() || !process.isActive() || process.member.health().epoch() == epoch,
                process,
                "still takes itself for the owner in epoch",
                epoch);
    }

    long epoch() {
        return epoch;
    }
}
