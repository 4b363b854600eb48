package dev.tidemark.cli;

import dev.tidemark.Interval;
import dev.tidemark.core.OnDemandTimetable;
import dev.tidemark.core.Timetable;
import dev.tidemark.store.RunView;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

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
        return of(run.identity().interval());
    }

    /** An interval by the key of its partition, where its pipeline is known. */
    static String of(Optional<Timetable> timetable, Interval interval) {
        return timetable
                .filter(it -> !(it instanceof OnDemandTimetable))
                .map(it -> it.partition(interval).key())
                .orElse(of(interval));
    }

    static String of(Interval interval) {
        DateTimeFormatter iso = DateTimeFormatter.ISO_INSTANT;
        return interval.isEmpty()
                ? iso.format(interval.start())
                : iso.format(interval.start()) + "/" + iso.format(interval.end());
    }
}
