package dev.tidemark.store;

import java.util.ArrayDeque;
import java.util.Deque;

/** How to take back what a turn has written so far. */
final class Undo {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
        steps.push(step);
    }

    /** Takes everything back, the latest first. */
    void rollback() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }

    /** The turn is kept. */
    void forget() {
        steps.clear();
    }
}
