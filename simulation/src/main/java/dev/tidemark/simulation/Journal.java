package dev.tidemark.simulation;

import dev.tidemark.core.Change;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What happened: its latest lines, a hash of all of them, and how often what. */
final class Journal {
    private static final int KEPT_LINES = 80;
    private static final long PRIME = 0x100000001B3L;

    private final Consumer<String> listener;
    private final Deque<String> latest = new ArrayDeque<>();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final Map<String, Integer> changes = new TreeMap<>();
    private long hash = 0xCBF29CE484222325L;
    private int lines;

    Journal(Consumer<String> listener) {
        this.listener = listener;
    }

    void line(Instant at, String what) {
        String line = at + " " + what;
        lines++;
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * PRIME;
        }
        if (latest.size() == KEPT_LINES) {
            latest.removeFirst();
        }
        latest.addLast(line);
        listener.accept(line);
    }

    void happened(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    void kept(Change change) {
        changes.merge(change.getClass().getSimpleName(), 1, Integer::sum);
    }

    List<String> latest() {
        return List.copyOf(latest);
    }

    int lines() {
        return lines;
    }

    long hash() {
        return hash;
    }

    Map<Fault, Integer> faults() {
        return faults;
    }

    Map<String, Integer> changes() {
        return changes;
    }
}
