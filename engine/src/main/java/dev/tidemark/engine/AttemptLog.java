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
import org.jspecify.annotations.Nullable;

/**
 * The log of one attempt: a file of lines. It is made when there is something to say: to make a
 * file costs more than all else that an attempt needs, and syncs of the store wait for it too.
 * Whatever goes wrong with it never changes a result; the log is then cut off, and says so where it
 * still can.
 */
final class AttemptLog implements AutoCloseable {
    /** Beyond this the log of one attempt is cut off. */
    private static final long MAX_BYTES = 64L << 20;

    private final Path path;
    private final InstantSource clock;

    /** Null until something is said. */
    private @Nullable OutputStream file;

    /** What was noted before. */
    private final StringBuilder notes = new StringBuilder();

    private long written;
    private boolean broken;

    AttemptLog(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /**
     * A line that stands in a log that has others; alone it says nothing that the store does not.
     */
    synchronized void note(String text) {
        if (file == null) {
            notes.append(stamped(text));
        } else {
            line(text);
        }
    }

    /** Writes one line with the time in front. */
    synchronized void line(String text) {
        write(stamped(text).getBytes(StandardCharsets.UTF_8), 0, -1);
        flush();
    }

    private String stamped(String text) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n";
    }

    /** Writes bytes as they are: what the task's code printed. A negative length means all. */
    synchronized void write(byte[] bytes, int offset, int length) {
        int count = length < 0 ? bytes.length - offset : length;
        if (broken) {
            return;
        }
        try {
            OutputStream out = opened();
            if (written + count > MAX_BYTES) {
                out.write(
                        "… cut off: the log has reached its limit\n"
                                .getBytes(StandardCharsets.UTF_8));
                broken = true;
                out.flush();
                return;
            }
            out.write(bytes, offset, count);
            written += count;
        } catch (IOException e) {
            broken = true;
        }
    }

    private OutputStream opened() throws IOException {
        OutputStream open = file;
        if (open == null) {
            Files.createDirectories(path.getParent());
            // A list that is fanned out anew counts its attempts anew: what is there stays.
            open =
                    new BufferedOutputStream(
                            Files.newOutputStream(
                                    path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            file = open;
            open.write(notes.toString().getBytes(StandardCharsets.UTF_8));
        }
        return open;
    }

    synchronized void flush() {
        if (file == null) {
            return;
        }
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
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            // Nobody could be told, and the attempt's result stands.
        }
    }
}
