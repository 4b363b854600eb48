package dev.tidemark.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs the pipeline under proof, for one interval, each time in a process of its own. */
public interface Trial {
    /**
     * Runs it, or goes on with a run that was interrupted.
     *
     * @param home the state of the run
     * @param crash where the process is to die, empty for a run to the end
     */
    Ended run(Path home, Optional<CrashPoint> crash);

    /** Has one task, and nothing below it, run again at the next {@link #run}. */
    void clear(Path home, String task);

    /**
     * How a process ended.
     *
     * @param passed the points it passed, in order
     * @param output what it printed, for people who look for the cause
     */
    record Ended(How how, List<CrashPoint> passed, String output) {}

    /** The ways in which a process ends. */
    enum How {
        SUCCEEDED,
        FAILED,
        CRASHED
    }
}
