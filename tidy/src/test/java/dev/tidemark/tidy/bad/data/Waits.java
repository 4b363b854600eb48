package dev.tidemark.tidy.bad.data;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

final class Waits {
    private Waits() {}

    static void sleep() throws InterruptedException {
        Thread.sleep(1);
        TimeUnit.MILLISECONDS.sleep(1);
        LockSupport.parkNanos(1);
    }

    static Instant now() {
        return InstantSource.system().instant();
    }

    static Clock clock() {
        return Clock.systemUTC();
    }

    @SuppressWarnings("JavaUtilDate")
    static Date date() {
        return new Date();
    }
}
