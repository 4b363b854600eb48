package dev.tidemark.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows by key, in order. Guarded by the lock of its {@link MemoryStore}. */
final class MemoryTable<K, V> {
    private final NavigableMap<K, V> rows;
    private final Undo undo;

    MemoryTable(Comparator<K> order, Undo undo) {
        this.rows = new TreeMap<>(order);
        this.undo = undo;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(rows.get(key));
    }

    boolean has(K key) {
        return rows.containsKey(key);
    }

    void put(K key, V row) {
        restoreLater(key, rows.put(key, row));
    }

    void remove(K key) {
        restoreLater(key, rows.remove(key));
    }

    private void restoreLater(K key, @Nullable V before) {
        undo.add(() -> restore(key, before));
    }

    private void restore(K key, @Nullable V before) {
        if (before == null) {
            rows.remove(key);
        } else {
            rows.put(key, before);
        }
    }

    Collection<V> all() {
        return rows.values();
    }

    Collection<V> newestFirst() {
        return rows.descendingMap().values();
    }

    /** The rows from one key to another, both included. A copy: the table may change meanwhile. */
    List<V> between(K first, K last) {
        return List.copyOf(rows.subMap(first, true, last, true).values());
    }

    /** The rows after one key and up to another, as they are: only under the lock. */
    Collection<V> after(K before, K last) {
        return rows.subMap(before, false, last, true).values();
    }

    /** All keys, in order. A copy. */
    List<K> keys() {
        return List.copyOf(rows.keySet());
    }

    Optional<K> lastKey() {
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.lastKey());
    }
}
