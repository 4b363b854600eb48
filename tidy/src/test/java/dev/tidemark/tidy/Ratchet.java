package dev.tidemark.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A limit with exceptions that may only shrink: each is listed with its size of today, and the list
 * follows when it gets smaller.
 *
 * @param most what is fine
 * @param unit what is counted
 * @param exceptions those that are larger, with their size
 */
record Ratchet(int most, String unit, Map<String, Integer> exceptions) {
    Ratchet {
        exceptions = Map.copyOf(exceptions);
    }

    /** What is too large, what grew, and what on the list is no longer true. */
    List<String> complaints(Map<String, Integer> sizes) {
        List<String> complaints = new ArrayList<>();
        new TreeMap<>(sizes)
                .forEach(
                        (name, size) -> {
                            int allowed = exceptions.getOrDefault(name, most);
                            if (size > allowed) {
                                complaints.add(
                                        "%s has %d %s; the most is %d"
                                                .formatted(name, size, unit, allowed));
                            }
                        });
        new TreeMap<>(exceptions)
                .forEach(
                        (name, listed) -> {
                            int size = sizes.getOrDefault(name, 0);
                            if (size <= most) {
                                complaints.add(name + " is no exception; take it off the list");
                            } else if (size < listed) {
                                complaints.add(
                                        "%s shrank to %d %s; write that on the list"
                                                .formatted(name, size, unit));
                            }
                        });
        return complaints;
    }
}
