package dev.tidemark.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when, in virtual time. Of two at the same time, the one that was set first. */
final class Agenda {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
    private Instant now;
    private long last;

    private record Entry(Instant at, long number, Runnable event) {}

    Agenda(Instant start) {
        now = start;
    }

    Instant now() {
        return now;
    }

    void after(Duration delay, Runnable event) {
        last++;
        entries.add(new Entry(now.plus(delay), last, event));
    }

    /** Has the next thing happen, if it does so before this time; whether it did. */
    boolean advance(Instant before) {
        Entry next = entries.peek();
        if (next == null || !next.at().isBefore(before)) {
            now = now.isBefore(before) ? before : now;
            return false;
        }
        entries.remove();
        now = next.at().isAfter(now) ? next.at() : now;
        next.event().run();
        return true;
    }
}
