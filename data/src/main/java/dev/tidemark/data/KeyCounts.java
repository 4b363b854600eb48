package dev.tidemark.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How often each of many keys was seen, exactly and in bounded memory: what does not fit goes,
 * sorted, to a temporary file, and is merged when it is read. Belongs to one thread.
 */
final class KeyCounts implements AutoCloseable {
    /**
     * @param memoryBytes about what keys may take in memory
     * @param diskBytes what they may take in the temporary file
     */
    record Limits(long memoryBytes, long diskBytes) {}

    static final Limits LIMITS = new Limits(64L << 20, 16L << 30);

    /** What a key takes beside its bytes: objects, references, a place in the table. */
    private static final int BYTES_BESIDE_A_KEY = 120;

    private final String asker;
    private final Limits limits;
    private final Map<Key, Long> inMemory = new HashMap<>();
    private final List<KeyFile.Run> runs = new ArrayList<>();
    private final KeyFile file;
    private long bytesInMemory;

    /**
     * @param asker the check that asks, for messages
     */
    KeyCounts(String asker, Limits limits) {
        this.asker = asker;
        this.limits = limits;
        this.file = new KeyFile(asker, limits.diskBytes());
    }

    /** A key and how often it was seen. */
    record Counted(Key key, long count) {}

    void add(Key key) {
        add(key, 1);
    }

    void add(Key key, long count) {
        if (inMemory.merge(key, count, Long::sum) == count) {
            bytesInMemory += key.size() + BYTES_BESIDE_A_KEY;
            if (bytesInMemory > limits.memoryBytes()) {
                spill();
            }
        }
    }

    void add(KeyCounts other) {
        other.forEach(counted -> add(counted.key(), counted.count()));
    }

    private void spill() {
        try {
            runs.add(file.write(sorted()));
            inMemory.clear();
            bytesInMemory = 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private List<Counted> sorted() {
        return inMemory.entrySet().stream()
                .map(entry -> new Counted(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Counted::key))
                .toList();
    }

    /** Each key once, in order. */
    void forEach(Consumer<Counted> action) {
        inOrder().forEachRemaining(action);
    }

    /** Each key once, in order. Nothing may be added meanwhile. */
    Iterator<Counted> inOrder() {
        List<Iterator<Counted>> sources = new ArrayList<>();
        for (KeyFile.Run run : runs) {
            sources.add(file.read(run));
        }
        sources.add(sorted().iterator());
        return new MergedKeys(sources);
    }

    private RuntimeException failed(IOException e) {
        return Durable.failed("keeping the keys of " + asker, e);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
