package dev.tidemark.data;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Several sorted sequences of counted keys as one, in which each key occurs once. */
final class MergedKeys implements Iterator<KeyCounts.Counted> {
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing(head -> head.counted().key()));

    /** The first of a sequence, and what follows it. */
    private record Head(KeyCounts.Counted counted, Iterator<KeyCounts.Counted> rest) {}

    MergedKeys(List<Iterator<KeyCounts.Counted>> sorted) {
        sorted.forEach(this::takeNextOf);
    }

    private void takeNextOf(Iterator<KeyCounts.Counted> rest) {
        if (rest.hasNext()) {
            heads.add(new Head(rest.next(), rest));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public KeyCounts.Counted next() {
        if (heads.isEmpty()) {
            throw new NoSuchElementException();
        }
        Head first = heads.remove();
        takeNextOf(first.rest());
        long count = first.counted().count();
        while (!heads.isEmpty() && heads.peek().counted().key().equals(first.counted().key())) {
            Head same = heads.remove();
            takeNextOf(same.rest());
            count += same.counted().count();
        }
        return new KeyCounts.Counted(first.counted().key(), count);
    }
}
