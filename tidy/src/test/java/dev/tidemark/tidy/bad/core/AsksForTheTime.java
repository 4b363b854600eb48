package dev.tidemark.tidy.bad.core;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Supplier;

/** In each way there is, once behind a method reference. */
final class AsksForTheTime {
    private AsksForTheTime() {}

    static Supplier<Instant> now() {
        return Instant::now;
    }

    static LocalDate today(ZoneId zone) {
        return LocalDate.now(zone);
    }

    static LocalDate todayBy(Clock clock) {
        return LocalDate.now(clock);
    }

    static long elapsed() {
        return System.nanoTime() + System.currentTimeMillis();
    }

    static Instant now(InstantSource clock) {
        return clock.instant();
    }
}
