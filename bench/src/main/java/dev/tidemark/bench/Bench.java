package dev.tidemark.bench;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** What can be measured. */
enum Bench {
    /** Tasks in sequence: what one task costs on the critical path. */
    CHAIN,
    /** Independent tasks: how many a second. */
    WIDE,
    /** How long a dependent waits once a task has ended. */
    LATENCY,
    /** One run of very many tasks: its time, its memory, and lists of it. */
    BIG,
    /** A new engine over very many live tasks. */
    RECOVER,
    /** Very many pipelines that tick every minute: how late their runs are. */
    MANY;

    /** Measures over a ground that nobody has used. */
    List<Line> over(Ground ground, InstantSource clock) throws Exception {
        return switch (this) {
            case CHAIN -> Chain.measure(ground, clock);
            case WIDE -> Wide.measure(ground, clock);
            case LATENCY -> Latency.measure(ground, clock);
            case BIG -> Big.measure(ground, clock);
            case RECOVER -> Recover.measure(ground, clock);
            case MANY -> Many.measure(ground, clock);
        };
    }

    /** What it is called on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
