package dev.tidemark.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for what another process is about to do: it cannot tell, so it is looked at again. */
final class Polling {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Polling() {}

    /** Looks until there is something. */
    static <T> T until(String what, Supplier<Optional<T>> look) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            Thread.sleep(PAUSE);
        }
        throw new AssertionError("waited " + PATIENCE + " in vain: " + what);
    }
}
