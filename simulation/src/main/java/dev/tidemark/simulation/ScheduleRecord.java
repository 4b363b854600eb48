package dev.tidemark.simulation;

import dev.tidemark.Interval;
import dev.tidemark.core.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the committed history says of one schedule. */
final class ScheduleRecord {
    @Nullable Instant enabledAt;
    @Nullable Instant from;

    /** The latest interval decided. */
    @Nullable Interval last;

    /** When it was paused, and when it went on, in turns. */
    private final List<Instant> switches = new ArrayList<>();

    void fold(Change.OfSchedule change, Instant at) {
        switch (change) {
            case Change.ScheduleEnabled it -> {
                enabledAt = at;
                from = it.from();
            }
            case Change.SchedulePaused _, Change.ScheduleResumed _ -> switches.add(at);
            case Change.IntervalsPassed it -> last = it.last();
        }
    }

    boolean isPaused() {
        return switches.size() % 2 == 1;
    }

    /** Clocks of engines differ, so a pause may end before it began. */
    boolean wasPausedAt(Instant instant) {
        for (int i = 0; i < switches.size(); i += 2) {
            boolean ended = i + 1 < switches.size() && !instant.isBefore(switches.get(i + 1));
            if (!instant.isBefore(switches.get(i)) && !ended) {
                return true;
            }
        }
        return false;
    }
}
