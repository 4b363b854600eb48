package dev.tidemark.store;

import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunState;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A run, for people.
 *
 * @param version the version of its pipeline that its current try uses
 */
public record RunView(
        long number, RunIdentity identity, String version, Status status, Times times) {
    /** Run numbers as people write them; what is longer is no number of ours. */
    static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /**
     * How far it is.
     *
     * @param tryNumber which try this is, from 1
     * @param backfill the backfill that its current try belongs to, 0 for none
     */
    public record Status(RunState state, int tryNumber, long backfill) {}

    /**
     * When what happened.
     *
     * @param created when it came to be, in its first try
     * @param started when its current try first began to run
     * @param ended when it ended; empty while it is under way
     */
    public record Times(Instant created, Optional<Instant> started, Optional<Instant> ended) {}

    public String pipeline() {
        return identity.pipeline();
    }

    public String name() {
        return identity.name();
    }

    public RunState state() {
        return status.state();
    }
}
