package dev.tidemark.engine;

import dev.tidemark.core.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Events that come back when their time has come. Belongs to whoever takes the turn. */
final class Timers {
    /** As many may be due at the same time as attempts that started in one turn. */
    private final TreeMap<Instant, Set<Event>> byTime = new TreeMap<>();

    private final Map<Event, Instant> times = new HashMap<>();

    void set(Instant at, Event event) {
        cancel(event);
        times.put(event, at);
        byTime.computeIfAbsent(at, time -> new LinkedHashSet<>()).add(event);
    }

    void cancel(Event event) {
        Instant at = times.remove(event);
        if (at == null) {
            return;
        }
        Set<Event> same = byTime.get(at);
        if (same != null && same.remove(event) && same.isEmpty()) {
            byTime.remove(at);
        }
    }

    /**
     * Takes out what is due, earliest first.
     *
     * @param atMost how much; the rest is due again at once
     */
    List<Event> due(Instant now, int atMost) {
        List<Event> due = new ArrayList<>();
        while (due.size() < atMost && !byTime.isEmpty() && !byTime.firstKey().isAfter(now)) {
            Event first = byTime.firstEntry().getValue().iterator().next();
            cancel(first);
            due.add(first);
        }
        return due;
    }

    /** How long until something is due; empty where nothing is set. */
    Optional<Duration> untilNext(Instant now) {
        return byTime.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(now, byTime.firstKey()));
    }
}
