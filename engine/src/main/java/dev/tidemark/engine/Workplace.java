package dev.tidemark.engine;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What all attempts in this process share.
 *
 * @param home where logs and data lie
 * @param clock the time, for evidence and logs
 * @param steps is told of protocol steps
 * @param adopts whether partitions held by another issuer are taken over
 */
public record Workplace(Home home, InstantSource clock, Steps steps, boolean adopts) {
    /** Who listens to each step may be about to kill the process at one. */
    boolean isExperiment() {
        return !steps.equals(Steps.UNHEARD);
    }

    Path data() {
        return home.data();
    }
}
