package dev.tidemark.cli;

import dev.tidemark.store.Owner;
import dev.tidemark.store.StoreReader;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells somebody who waits for a server that there is none, and when there is one again. */
final class OwnerWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final StoreReader store;
    private final PrintStream err;
    private Instant next = Instant.MIN;

    /** How often in a row there was no owner: a take-over is nothing to speak of. */
    private int missing;

    OwnerWatch(StoreReader store, PrintStream err) {
        this.store = store;
        this.err = err;
    }

    /** Looks from time to time. */
    void look(Instant now) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(INTERVAL);
        Optional<Owner> owner = store.owner();
        if (owner.filter(it -> it.lease().isPositive()).isPresent()) {
            if (missing > 1) {
                err.println("Server " + owner.get().name() + " goes on.");
            }
            missing = 0;
            return;
        }
        missing++;
        if (missing == 2) {
            err.println(
                    "No server is up"
                            + owner.map(it -> "; the last one was " + it.name()).orElse("")
                            + ". What was asked is kept, and waits for the next: start one with"
                            + " 'tidemark server', or stop waiting with Ctrl-C.");
        }
    }
}
