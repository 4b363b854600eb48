package dev.tidemark.tidy.bad.core;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

final class TakesLocks {
    private final ReentrantLock lock = new ReentrantLock();

    int number() {
        lock.lock();
        try {
            return ThreadLocalRandom.current().nextInt();
        } finally {
            lock.unlock();
        }
    }
}
