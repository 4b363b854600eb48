package dev.tidemark.engine;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a task's code prints on the standard streams to the log of its attempt. What other
 * threads print goes where it always went.
 */
final class StandardStreams {
    private static final InheritableThreadLocal<@Nullable AttemptLog> LOG =
            new InheritableThreadLocal<>();
    private static boolean routed;

    private StandardStreams() {}

    /** Runs code with its prints going to the log. */
    static void into(AttemptLog log, Runnable code) {
        route();
        LOG.set(log);
        try {
            code.run();
        } finally {
            LOG.remove();
        }
    }

    private static synchronized void route() {
        if (!routed) {
            System.setOut(routed(System.out));
            System.setErr(routed(System.err));
            routed = true;
        }
    }

    private static PrintStream routed(PrintStream original) {
        return new PrintStream(new Router(original), true, StandardCharsets.UTF_8);
    }

    private static final class Router extends OutputStream {
        private final PrintStream original;

        private Router(PrintStream original) {
            this.original = original;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            AttemptLog log = LOG.get();
            if (log == null) {
                original.write(bytes, offset, length);
            } else {
                log.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            AttemptLog log = LOG.get();
            if (log == null) {
                original.flush();
            } else {
                log.flush();
            }
        }
    }
}
