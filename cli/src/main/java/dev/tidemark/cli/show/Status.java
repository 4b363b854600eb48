package dev.tidemark.cli.show;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a piece of work is.
 *
 * @param title what is being done, such as a pipeline's name
 * @param running the tasks that run now, longest first
 * @param last the interval finished last, and how it went
 */
public record Status(String title, Measure measure, List<Running> running, Optional<String> last) {
    public Status {
        running = List.copyOf(running);
    }

    /**
     * How much of it is done.
     *
     * @param done how many intervals are finished
     * @param total how many there are; zero where nobody knows
     * @param left how long the rest takes, if it goes on as it did lately; empty where too little
     *     is known
     */
    public record Measure(long done, long total, Optional<Duration> left) {}

    /** A task that runs, and since when. */
    public record Running(String task, Duration elapsed) {}
}
