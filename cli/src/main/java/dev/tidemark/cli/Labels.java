package dev.tidemark.cli;

import dev.tidemark.core.OnDemandTimetable;
import dev.tidemark.core.Timetable;
import dev.tidemark.store.RunView;
import java.time.format.DateTimeFormatter;

/** Short names for people. */
final class Labels {
    private Labels() {}

    /** An interval by the key of its partition: {@code 2001-02-03}; or the moment it stands for. */
    static String interval(Timetable timetable, RunView run) {
        return timetable instanceof OnDemandTimetable
                ? interval(run)
                : timetable.partition(run.identity().interval()).key();
    }

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
