package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do, and cannot tell. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private Eventually() {}

    static void holds(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + PATIENCE + " in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** A thread of a test, which waits for something that is still to come. */
    static void waits(Thread thread) {
        holds(
                thread + " waits",
                () ->
                        switch (thread.getState()) {
                            case WAITING, TIMED_WAITING -> true;
                            case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
                        });
    }

    static void ends(Thread thread) throws InterruptedException {
        assertThat(thread.join(PATIENCE)).as("%s ends", thread).isTrue();
    }
}
