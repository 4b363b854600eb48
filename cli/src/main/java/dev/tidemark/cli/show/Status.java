package dev.tidemark.cli.show;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a piece of work is.
 *
 * @param title what is being done, such as a pipeline's name
 * @param done how many intervals are finished
 * @param total how many there are; zero where nobody knows
 * @param running the tasks that run now, longest first
 * @param last the interval finished last, and how it went
 */
public record Status(
        String title, long done, long total, List<Running> running, Optional<String> last) {
    public Status {
        running = List.copyOf(running);
    }

    /** A task that runs, and since when. */
    public record Running(String task, Duration elapsed) {}
}
