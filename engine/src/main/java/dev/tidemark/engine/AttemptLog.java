package dev.tidemark.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The log of one attempt: a file of lines. Whatever goes wrong with it never changes a result; the
 * log is then cut off, and says so where it still can.
 */
final class AttemptLog implements AutoCloseable {
    /** Beyond this the log of one attempt is cut off. */
    private static final long MAX_BYTES = 64L << 20;

    private final OutputStream file;
    private final InstantSource clock;
    private long written;
    private boolean broken;

    private AttemptLog(OutputStream file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    static AttemptLog open(Path path, InstantSource clock) {
        try {
            Files.createDirectories(path.getParent());
            // A list that is fanned out anew counts its attempts anew: what is there stays.
            return new AttemptLog(
                    new BufferedOutputStream(
                            Files.newOutputStream(
                                    path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)),
                    clock);
        } catch (IOException e) {
            return new AttemptLog(OutputStream.nullOutputStream(), clock);
        }
    }

    /** Writes one line with the time in front. */
    synchronized void line(String text) {
        String stamped = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n";
        write(stamped.getBytes(StandardCharsets.UTF_8), 0, -1);
        flush();
    }

    /** Writes bytes as they are: what the task's code printed. A negative length means all. */
    synchronized void write(byte[] bytes, int offset, int length) {
        int count = length < 0 ? bytes.length - offset : length;
        if (broken) {
            return;
        }
        try {
            if (written + count > MAX_BYTES) {
                file.write(
                        "… cut off: the log has reached its limit\n"
                                .getBytes(StandardCharsets.UTF_8));
                broken = true;
                file.flush();
                return;
            }
            file.write(bytes, offset, count);
            written += count;
        } catch (IOException e) {
            broken = true;
        }
    }

    synchronized void flush() {
        try {
            file.flush();
        } catch (IOException e) {
            broken = true;
        }
    }

    @Override
    public synchronized void close() {
        flush();
        broken = true;
        try {
            file.close();
        } catch (IOException e) {
            // Nobody could be told, and the attempt's result stands.
        }
    }
}
