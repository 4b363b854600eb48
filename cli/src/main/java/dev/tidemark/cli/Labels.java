package dev.tidemark.cli;

import dev.tidemark.store.RunView;
import java.time.format.DateTimeFormatter;

/** Short names for people. */
final class Labels {
    private Labels() {}

    /** An interval: its start and end, or the moment where it has no length. */
    static String interval(RunView run) {
        DateTimeFormatter iso = DateTimeFormatter.ISO_INSTANT;
        return run.identity().interval().isEmpty()
                ? iso.format(run.identity().interval().start())
                : iso.format(run.identity().interval().start())
                        + "/"
                        + iso.format(run.identity().interval().end());
    }
}
