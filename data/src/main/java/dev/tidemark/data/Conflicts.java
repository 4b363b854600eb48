package dev.tidemark.data;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries again what another transaction got in the way of. Each try begins from the start, so what
 * it checks is checked anew.
 */
final class Conflicts {
    /** Longer than any publish of someone else should take. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Conflicts() {}

    static void retried(Dialect dialect, Session.Action action) throws SQLException {
        var _ =
                retried(
                        dialect,
                        () -> {
                            action.run();
                            return true;
                        });
    }

    static <T> T retried(Dialect dialect, Session.Work<T> work) throws SQLException {
        long began = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                return work.run();
            } catch (SQLException e) {
                boolean patient = System.nanoTime() - began < PATIENCE_NANOS;
                if (!patient || !dialect.isConflict(e) || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }
}
